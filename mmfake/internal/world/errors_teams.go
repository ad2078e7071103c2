package world

// Teams.
var (
	errTeamUnknown       = Problem{404, "app.team.get.find.app_error", "There is no team with that id."}
	errTeamNameUnknown   = Problem{404, "app.team.get_by_name.missing.app_error", "There is no team with that name."}
	errTeamTaken         = Problem{400, "store.sql_team.save_team.existing.app_error", "A team with that name exists: choose another one."}
	errTeamNameReserved  = Problem{400, "model.team.is_valid.reserved.app_error", "That team name begins with a reserved word: choose another one."}
	errTeamName          = Problem{400, "model.team.is_valid.characters.app_error", "A team name has 2 to 64 lower-case letters, digits and dashes, and begins and ends with a letter or digit."}
	errTeamNameLength    = Problem{400, "model.team.is_valid.url.app_error", "A team name has up to 64 characters."}
	errTeamCompany       = Problem{400, "model.team.is_valid.company.app_error", "A team's company name has up to 64 characters."}
	errTeamDomains       = Problem{400, "model.team.is_valid.domains.app_error", "A team's allowed domains have up to 500 characters together."}
	errTeamDisplayName   = Problem{400, "model.team.is_valid.name.app_error", "A team's display name has 1 to 64 characters."}
	errTeamDescription   = Problem{400, "model.team.is_valid.description.app_error", "A team's description has up to 255 characters."}
	errTeamType          = Problem{400, "model.team.is_valid.type.app_error", "A team's type is O or I."}
	errTeamEmail         = Problem{400, "model.team.is_valid.email.app_error", "A team's e-mail address has up to 128 characters."}
	errTeamMemberUnknown = Problem{404, "app.team.get_member.missing.app_error", "That user is no member of that team."}
	errInviteUnknown     = Problem{404, "app.team.get_by_invite_id.finding.app_error", "There is no team with that invitation."}
	errTeamCreation      = Problem{403, "api.team.is_team_creation_allowed.disabled.app_error", "This user may not make teams."}
	errTeamUserUnknown   = Problem{404, "api.team.user.missing_account", "There is no user with that id."}
	errMemberRoleUnknown = Problem{400, "app.role.get_by_name.app_error", "There is no role %s."}
	errTeamRoleForeign   = Problem{400, "api.channel.update_team_member_roles.scheme_role.app_error", "The role %s is none of a team's members."}
	errTeamRoleGuest     = Problem{400, "api.channel.update_team_member_roles.changing_guest_role.app_error", "A member stays one: keep team_user."}
	errTeamRoleBoth      = Problem{400, "api.team.update_team_member_roles.guest_and_user.app_error", "A member is team_user or team_guest, not both."}
	errTeamStandingGuest = Problem{400, "api.team.update_team_member_roles.user_and_guest.app_error", "A member stays one: leave scheme_guest out."}
	errTeamStandingNone  = Problem{400, "api.team.update_team_member_roles.unset_user_scheme.app_error", "A member stays one: set scheme_user."}
	errTeamIDGiven       = Problem{400, "app.team.save.existing.app_error", "The server gives teams their ids: leave the id out."}
	errTeamCreateDomain  = Problem{400, "api.team.is_team_creation_allowed.domain.app_error", "The address of this user is of none of the team's allowed domains."}
	errTeamJoinDomain    = Problem{400, "api.team.join_user_to_team.allowed_domains.app_error", "The user's e-mail address is of none of the team's allowed domains."}
	errTeamInviteDomain  = Problem{403, "api.team.invite_members.invalid_email.app_error", "The e-mail address is of none of the team's allowed domains."}
	errTeamLeft          = Problem{400, "api.team.remove_user_from_team.missing.app_error", "That user is no member of that team any more."}
	errTeamDeletion      = Problem{401, "api.user.delete_team.not_enabled.app_error", "Deleting teams for good is switched off: set ServiceSettings.EnableAPITeamDeletion."}
	errInviteMissing     = Problem{400, "api.team.add_user_to_team.missing_parameter.app_error", "The URL has neither an invite_id nor a token: give one."}
	errInviteToken       = Problem{400, "api.user.create_user.signup_link_invalid.app_error", "There is no invitation with that token."}
	errInviteClosed      = Problem{403, "api.team.get_invite_info.not_open_team", "The team is by invitation only, and shows nothing of itself."}
	errTeamSearchPaging  = Problem{501, "api.team.search_teams.pagination_not_implemented.public_team_search", "Only admins search teams page by page: leave page and per_page out."}
	errNoIcon            = Problem{404, "api.team.get_team_icon.read_file.app_error", "The team has no icon."}
	errIconLimits        = Problem{400, "api.team.set_team_icon.check_image_limits.app_error", "That is no PNG, JPEG or GIF of up to %d pixels."}
	errIconDecode        = Problem{400, "api.team.set_team_icon.decode.app_error", "The icon cannot be decoded."}
	errTeamFull          = Problem{400, "app.team.join_user_to_team.max_accounts.app_error", "The team has as many members as TeamSettings.MaxUsersPerTeam allows."}
)
