package world

// Teams.
var (
	errTeamUnknown       = Problem{404, "app.team.get.find.app_error", "There is no team with that id."}
	errTeamNameUnknown   = Problem{404, "app.team.get_by_name.missing.app_error", "There is no team with that name."}
	errTeamTaken         = Problem{400, "store.sql_team.save_team.existing.app_error", "A team with that name exists: choose another one."}
	errTeamNameReserved  = Problem{400, "model.team.is_valid.reserved.app_error", "That team name begins with a reserved word: choose another one."}
	errTeamName          = Problem{400, "model.team.is_valid.characters.app_error", "A team name has 2 to 64 lower-case letters, digits and dashes, and begins and ends with a letter or digit."}
	errTeamNameLength    = Problem{400, "model.team.is_valid.url.app_error", "A team name has 2 to 64 characters."}
	errTeamDisplayName   = Problem{400, "model.team.is_valid.name.app_error", "A team's display name has 1 to 64 characters."}
	errTeamDescription   = Problem{400, "model.team.is_valid.description.app_error", "A team's description has up to 255 characters."}
	errTeamType          = Problem{400, "model.team.is_valid.type.app_error", "A team's type is O or I."}
	errTeamEmail         = Problem{400, "model.team.is_valid.email.app_error", "A team's e-mail address has up to 128 characters."}
	errTeamMemberUnknown = Problem{404, "app.team.get_member.missing.app_error", "That user is no member of that team."}
	errInviteUnknown     = Problem{404, "app.team.get_by_invite_id.finding.app_error", "There is no team with that invitation."}
	errTeamCreation      = Problem{403, "api.team.is_team_creation_allowed.disabled.app_error", "This user may not make teams."}
	errTeamUserUnknown   = Problem{404, "api.team.user.missing_account", "There is no user with that id."}
	errTeamFull          = Problem{400, "app.team.join_user_to_team.max_accounts.app_error", "The team has as many members as TeamSettings.MaxUsersPerTeam allows."}
)
