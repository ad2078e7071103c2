package rest_test

// Errors of posts, reactions, files and emoji.

var postErrors = []errorID{
	{"app.post.get.app_error", "404", "404", "404 store.sql_post.get.app_error", `alice GET /posts/{unknown}`},
	{"app.post.save.existing.app_error", "400", "400", "400 store.sql_post.save.existing.app_error",
		`alice POST /posts {"channel_id":"{dev}","id":"{unknown}"}`},
	{"app.post.save.app_error", "500", "500", "500 store.sql_post.save.app_error", `alice POST /posts {"channel_id":"{dev}","type":"custom_{x*26}"}`},
	{"api.post.create_post.can_not_post_to_deleted.error", "400", "400", "400", `
		admin DELETE /channels/{dev}
		alice POST /posts {"channel_id":"{dev}","message":"late"}`},
	{"api.post.create_post.root_id.app_error", "400", "400", "400", `alice POST /posts {"channel_id":"{dev}","root_id":"{unknown}"}`},
	{"api.post.create_post.channel_root_id.app_error", "400", "400", "400", `
		root=id alice POST /posts {"channel_id":"{dev}","message":"root"}
		alice POST /posts {"channel_id":"{town}","root_id":"{root}"}`},
	{"api.post.update_post.permissions_time_limit.app_error", "400", "400", "400", `
		post=id alice POST /posts {"channel_id":"{dev}","message":"old"}
		set ServiceSettings.PostEditTimeLimit 0
		alice PUT /posts/{post}/patch {"message":"new"}`},
	{"api.post.update_post.system_message.app_error", "400", "400", "400", `
		news=id alice POST /channels {"team_id":"{team}","name":"news","display_name":"News","type":"O"}
		joined=order.0 alice GET /channels/{news}/posts
		alice PUT /posts/{joined}/patch {"message":"was here"}`},
	{"api.post.update_post.can_not_update_post_in_deleted.error", "400", "400", "200", `
		post=id alice POST /posts {"channel_id":"{dev}","message":"old"}
		admin DELETE /channels/{dev}
		alice PUT /posts/{post} {"id":"{post}","message":"new"}`},
	{"api.post.patch_post.can_not_update_post_in_deleted.error", "400", "400", "200", `
		post=id alice POST /posts {"channel_id":"{dev}","message":"old"}
		admin DELETE /channels/{dev}
		alice PUT /posts/{post}/patch {"message":"new"}`},
	{"api.post.delete_post.can_not_delete_post_in_deleted.error", "400", "400", "200", `
		post=id alice POST /posts {"channel_id":"{dev}","message":"old"}
		admin DELETE /channels/{dev}
		alice DELETE /posts/{post}`},
	{"api.post.delete_post.not_enabled.app_error", "501", "200", "200", `
		post=id alice POST /posts {"channel_id":"{dev}","message":"old"}
		admin DELETE /posts/{post}?permanent=true`},
	{"api.post.post_priority.priority_post_only_allowed_for_root_post.request_error", "400", "201", "201", `
		root=id alice POST /posts {"channel_id":"{dev}","message":"root"}
		alice POST /posts {"channel_id":"{dev}","root_id":"{root}","metadata":{"priority":{"priority":"urgent"}}}`},
	{"api.post.post_priority.priority_post_not_allowed_for_user.request_error", "403", "201", "201", `
		set ServiceSettings.PostPriority false
		alice POST /posts {"channel_id":"{dev}","metadata":{"priority":{"priority":"urgent"}}}`},
	{"model.post.is_valid.message_length.app_error", "400", "400 model.post.is_valid.msg.app_error", "400 model.post.is_valid.msg.app_error",
		`alice POST /posts {"channel_id":"{dev}","message":"{x*16384}"}`},
	{"model.post.is_valid.msg.app_error", "400 model.post.is_valid.message_length.app_error", "400", "400", `
		post=id alice POST /posts {"channel_id":"{dev}","message":"old"}
		alice PUT /posts/{post}/patch {"message":"{x*16384}"}`},
	{"model.post.is_valid.type.app_error", "400", "400", "400", `alice POST /posts {"channel_id":"{dev}","type":"poll"}`},
	{"model.post.is_valid.props.app_error", "400", "400", "400", `
		set ServiceSettings.MaximumPayloadSizeBytes 1000000
		alice POST /posts {"channel_id":"{dev}","props":{"p":"{x*800000}"}}`},
	{"model.post.is_valid.file_ids.app_error", "400", "400", "400",
		`alice POST /posts {"channel_id":"{dev}","file_ids":["{a*26}","{b*26}","{c*26}","{d*26}","{e*26}","{f*26}","{g*26}","{h*26}","{i*26}","{j*26}","{k*26}"]}`},
	{"store.sql_post.search.disabled", "501", "501", "501", `
		set ServiceSettings.EnablePostSearch false
		alice POST /teams/{team}/posts/search {"terms":"x"}`},
	{"api.post.search_posts.invalid_body.app_error", "400", "400", "400 api.context.invalid_body_param.app_error", `alice POST /teams/{team}/posts/search nonsense`},
}

var fileErrors = []errorID{
	{"api.reaction.save_reaction.invalid.app_error", "400", "400", "400", `alice POST /reactions {"user_id":"{alice}","post_id":"42","emoji_name":"+1"}`},
	{"api.reaction.save_reaction.user_id.app_error", "403", "403", "403", `
		post=id alice POST /posts {"channel_id":"{dev}"}
		alice POST /reactions {"user_id":"{bob}","post_id":"{post}","emoji_name":"+1"}`},
	{"api.reaction.save.archived_channel.app_error", "403", "403", "200", `
		post=id alice POST /posts {"channel_id":"{dev}"}
		admin DELETE /channels/{dev}
		alice POST /reactions {"user_id":"{alice}","post_id":"{post}","emoji_name":"+1"}`},
	{"app.reaction.save.save.too_many_reactions", "400", "200", "200", `
		set ServiceSettings.UniqueEmojiReactionLimitPerPost 1
		post=id alice POST /posts {"channel_id":"{dev}"}
		alice POST /reactions {"user_id":"{alice}","post_id":"{post}","emoji_name":"+1"}
		alice POST /reactions {"user_id":"{alice}","post_id":"{post}","emoji_name":"-1"}`},
	{"app.emoji.get_by_name.no_result", "404", "404", "404 store.sql_emoji.get_by_name.app_error", `
		set ServiceSettings.EnableCustomEmoji true
		alice GET /emoji/name/nothing`},
	{"api.emoji.disabled.app_error", "501", "501", "501", `
		set ServiceSettings.EnableCustomEmoji false
		alice GET /emoji`},
	{"api.emoji.create.too_large.app_error", "413", "413", "413", `
		set ServiceSettings.EnableCustomEmoji true
		alice FORM /emoji emoji={"name":"blob","creator_id":"{alice}"} image@blob.png={x*530000}`},
	{"api.file.attachments.disabled.app_error", "403", "501", "501", `
		set FileSettings.EnableFileAttachments false
		alice FORM /files channel_id={dev} files@a.txt=a`},
	{"api.file.upload_file.read_request.app_error", "400", "400", "400 api.context.invalid_url_param.app_error", `alice POST /files`},
	{"api.file.upload_file.incorrect_number_of_client_ids.app_error", "400", "400", "400 api.file.upload_file.incorrect_number_of_files.app_error",
		`alice FORM /files channel_id={dev} client_ids=one client_ids=two files@a.txt=a`},
	{"api.file.upload_file.multiple_channel_ids.app_error", "400", "400", "201", `alice FORM /files channel_id={dev} channel_id={secret} files@a.txt=a`},
	{"api.file.upload_file.too_large_detailed.app_error", "413", "413", "413 api.file.upload_file.too_large.app_error", `
		set FileSettings.MaxFileSize 10
		alice FORM /files channel_id={dev} files@a.txt={x*2000}`},
	{"api.file.get_public_link.disabled.app_error", "403", "501", "501", `
		file=file_infos.0.id alice FORM /files channel_id={dev} files@a.txt=a
		alice GET /files/{file}/link`},
	{"api.file.get_file_info.app_error", "404", "404 app.file_info.get.app_error", "404 store.sql_file_info.get.app_error", `alice GET /files/{unknown}`},
	{"app.file_info.get.app_error", "404", "404", "404 store.sql_file_info.get.app_error", `alice GET /files/{unknown}/info`},
}
