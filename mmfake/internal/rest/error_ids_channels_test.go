package rest_test

// Errors of teams and channels.

var teamErrors = []errorID{
	{"api.team.is_team_creation_allowed.disabled.app_error", "403", "403", "403", `
		role=id admin GET /roles/name/system_user
		admin PUT /roles/{role}/patch {"permissions":["create_direct_channel"]}
		alice POST /teams {"name":"squad","display_name":"Squad","type":"O"}`},
	{"app.team.get.find.app_error", "404", "404", "404 store.sql_team.get.find.app_error", `admin GET /teams/{unknown}`},
	{"app.team.get_by_name.missing.app_error", "404", "404", "404 store.sql_team.get_by_name.app_error", `admin GET /teams/name/nothing`},
	{"app.team.save.existing.app_error", "400", "400", "400 store.sql_team.save.existing.app_error",
		`alice POST /teams {"id":"{unknown}","name":"squad","display_name":"Squad","type":"O"}`},
	{"app.team.get_member.missing.app_error", "404", "404", "404 store.sql_team.get_member.missing.app_error", `alice GET /teams/{team}/members/{carol}`},
	{"app.team.join_user_to_team.max_accounts.app_error", "400", "400", "400", `
		set TeamSettings.MaxUsersPerTeam 1
		admin POST /teams/{team}/members {"team_id":"{team}","user_id":"{carol}"}`},
	{"model.team.is_valid.reserved.app_error", "400", "400", "400", `alice POST /teams {"name":"api-team","display_name":"Squad","type":"O"}`},
	{"model.team.is_valid.characters.app_error", "400", "400", "400", `alice POST /teams {"name":"Sq uad","display_name":"Squad","type":"O"}`},
}

var channelErrors = []errorID{
	{"app.channel.get.existing.app_error", "404", "404", "404 store.sql_channel.get.existing.app_error", `alice GET /channels/{unknown}`},
	{"app.channel.get_by_name.missing.app_error", "404", "404", "404 store.sql_channel.get_by_name.missing.app_error", `alice GET /teams/{team}/channels/name/nothing`},
	{"app.channel.get_member.missing.app_error", "404", "404", "404 store.sql_channel.get_member.missing.app_error", `alice GET /channels/{dev}/members/{carol}`},
	{"store.sql_channel.save_channel.exists.app_error", "400", "400", "400",
		`alice POST /channels {"team_id":"{team}","name":"{dev.name}","display_name":"Dev","type":"O"}`},
	{"api.channel.create_channel.direct_channel.app_error", "400", "400", "400",
		`alice POST /channels {"team_id":"{team}","name":"news","display_name":"News","type":"D"}`},
	{"api.channel.create_channel.max_channel_limit.app_error", "400", "400", "400", `
		set TeamSettings.MaxChannelsPerTeam 1
		alice POST /channels {"team_id":"{team}","name":"news","display_name":"News","type":"O"}`},
	{"api.channel.create_direct_channel.invalid_user.app_error", "400", "400", "400", `alice POST /channels/direct ["{alice}","{unknown}"]`},
	{"api.channel.create_group.bad_size.app_error", "400", "400", "400", `alice POST /channels/group ["{bob}"]`},
	{"api.channel.create_group.bad_user.app_error", "400", "400", "400", `alice POST /channels/group ["{bob}","{unknown}"]`},
	{"api.channel.add_user_to_channel.type.app_error", "400", "400", "400", `
		direct=id alice POST /channels/direct ["{alice}","{bob}"]
		alice POST /channels/{direct}/members {"user_id":"{carol}"}`},
	{"api.channel.remove.default.app_error", "400", "400", "400", `alice DELETE /channels/{town}/members/me`},
	{"api.channel.delete_channel.cannot.app_error", "400", "400", "400", `admin DELETE /channels/{town}`},
	{"api.channel.delete_channel.deleted.app_error", "400", "400", "400", `
		admin DELETE /channels/{dev}
		admin DELETE /channels/{dev}`},
	{"api.channel.delete_channel.type.invalid", "400", "400", "200", `
		direct=id alice POST /channels/direct ["{alice}","{bob}"]
		alice DELETE /channels/{direct}`},
	{"api.channel.update_channel.tried.app_error", "400", "400", "400", `admin PUT /channels/{town}/patch {"name":"village"}`},
	{"api.user.delete_channel.not_enabled.app_error", "401", "401", "200", `admin DELETE /channels/{dev}?permanent=true`},
	{"model.channel.is_valid.1_or_more.app_error", "400", "400 model.channel.is_valid.2_or_more.app_error", "400 model.channel.is_valid.2_or_more.app_error",
		`alice POST /channels {"team_id":"{team}","name":"-news","display_name":"News","type":"O"}`},
	{"model.channel.is_valid.name.app_error", "400", "400", "400",
		`alice POST /channels {"team_id":"{team}","name":"{alice}__{bob}","display_name":"News","type":"O"}`},
	{"model.channel.is_valid.display_name.app_error", "400", "400", "400",
		`alice POST /channels {"team_id":"{team}","name":"news","display_name":"{x*65}","type":"O"}`},
	{"model.channel.is_valid.header.app_error", "400", "400", "400",
		`alice POST /channels {"team_id":"{team}","name":"news","display_name":"News","type":"O","header":"{x*1025}"}`},
	{"model.channel.is_valid.purpose.app_error", "400", "400", "400",
		`alice POST /channels {"team_id":"{team}","name":"news","display_name":"News","type":"O","purpose":"{x*251}"}`},
}
