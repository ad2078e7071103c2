package model

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEmptyObjectsAreSentWithWhatAServerNeverLeavesOut(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{AppError{}, `{"id":"","message":"","detailed_error":""}`},
		{Post{}, `{"id":"","create_at":0,"update_at":0,"edit_at":0,"delete_at":0,"is_pinned":false,"user_id":"","channel_id":"","root_id":"","original_id":"","message":"","type":"","props":null,"hashtags":"","file_ids":null,"pending_post_id":"","reply_count":0,"last_reply_at":0,"participants":null}`},
		{Post{Props: Props{}, FileIDs: []string{}, RemoteID: new(string), Metadata: &PostMetadata{}}, `{"id":"","create_at":0,"update_at":0,"edit_at":0,"delete_at":0,"is_pinned":false,"user_id":"","channel_id":"","root_id":"","original_id":"","message":"","type":"","props":{},"hashtags":"","file_ids":[],"pending_post_id":"","remote_id":"","reply_count":0,"last_reply_at":0,"participants":null,"metadata":{}}`},
		{PostMetadata{}, `{}`},
		{PostPriority{}, `{"priority":null,"requested_ack":null,"persistent_notifications":null}`},
		{PostList{}, `{"order":null,"posts":null,"next_post_id":"","prev_post_id":"","first_inaccessible_post_time":0}`},
		{NewPostList(), `{"order":[],"posts":{},"next_post_id":"","prev_post_id":"","first_inaccessible_post_time":0}`},
		{Reaction{}, `{"user_id":"","post_id":"","emoji_name":"","create_at":0,"update_at":0,"delete_at":0,"remote_id":"","channel_id":""}`},
		{Threads{}, `{"total":0,"total_unread_threads":0,"total_unread_mentions":0,"total_unread_urgent_mentions":0,"threads":null}`},
		{Draft{}, `{"create_at":0,"update_at":0,"delete_at":0,"user_id":"","channel_id":"","root_id":"","message":"","type":"","props":null}`},
		{Attachment{}, `{"id":0,"fallback":"","color":"","pretext":"","author_name":"","author_link":"","author_icon":"","title":"","title_link":"","text":"","fields":null,"image_url":"","thumb_url":"","footer":"","footer_icon":"","ts":null}`},
		{AttachmentField{}, `{"title":"","value":null,"short":false}`},
		{Action{}, `{}`},
		{Integration{}, `{}`},
		{ActionOption{}, `{"text":"","value":""}`},
		{DoActionRequest{}, `{}`},
		{DoActionResponse{}, `{"status":"","trigger_id":""}`},
		{ActionRequest{}, `{"user_id":"","user_name":"","channel_id":"","channel_name":"","team_id":"","team_domain":"","post_id":"","trigger_id":"","type":"","data_source":""}`},
		{Dialog{}, `{"callback_id":"","title":"","introduction_text":"","icon_url":"","elements":null,"submit_label":"","notify_on_cancel":false,"state":""}`},
		{DialogElement{}, `{"display_name":"","name":"","type":"","subtype":"","default":"","placeholder":"","help_text":"","optional":false,"min_length":0,"max_length":0,"data_source":"","options":null,"multiselect":false}`},
		{DialogSubmission{}, `{"type":"","callback_id":"","state":"","user_id":"","channel_id":"","team_id":"","submission":null,"cancelled":false}`},
		{DialogSubmitResponse{}, `{}`},
		{DialogLookupResponse{}, `{"items":null}`},
		{User{}, `{"id":"","delete_at":0,"username":"","auth_service":"","email":"","nickname":"","first_name":"","last_name":"","position":"","roles":"","locale":"","timezone":null,"disable_welcome_email":false}`},
		{User{AuthData: new(string), Timezone: StringMap{}}, `{"id":"","delete_at":0,"username":"","auth_data":"","auth_service":"","email":"","nickname":"","first_name":"","last_name":"","position":"","roles":"","locale":"","timezone":{},"disable_welcome_email":false}`},
		{Status{}, `{"user_id":"","status":"","manual":false,"last_activity_at":0,"dnd_end_time":0}`},
		{Session{}, `{"id":"","token":"","create_at":0,"expires_at":0,"last_activity_at":0,"user_id":"","device_id":"","roles":"","is_oauth":false,"expired_notify":false,"props":null,"team_members":null,"local":false}`},
		{AccessToken{}, `{"id":"","user_id":"","description":"","is_active":false}`},
		{Bot{}, `{"user_id":"","username":"","owner_id":"","create_at":0,"update_at":0,"delete_at":0}`},
		{Team{}, `{"id":"","create_at":0,"update_at":0,"delete_at":0,"display_name":"","name":"","description":"","email":"","type":"","company_name":"","allowed_domains":"","invite_id":"","allow_open_invite":false,"scheme_id":null,"group_constrained":null,"policy_id":null,"cloud_limits_archived":false}`},
		{TeamMemberWithError{}, `{"user_id":"","member":null,"error":null}`},
		{Channel{}, `{"id":"","create_at":0,"update_at":0,"delete_at":0,"team_id":"","type":"","display_name":"","name":"","header":"","purpose":"","last_post_at":0,"total_msg_count":0,"extra_update_at":0,"creator_id":"","scheme_id":null,"props":null,"group_constrained":null,"autotranslation":false,"shared":null,"total_msg_count_root":0,"policy_id":null,"last_root_post_at":0,"banner_info":null,"policy_enforced":false,"policy_is_active":false,"default_category_name":""}`},
		{ChannelMember{}, `{"channel_id":"","user_id":"","roles":"","last_viewed_at":0,"msg_count":0,"mention_count":0,"mention_count_root":0,"urgent_mention_count":0,"msg_count_root":0,"notify_props":null,"last_update_at":0,"scheme_guest":false,"scheme_user":false,"scheme_admin":false,"explicit_roles":"","autotranslation_disabled":false}`},
		{IncomingWebhook{}, `{"id":"","create_at":0,"update_at":0,"delete_at":0,"user_id":"","channel_id":"","team_id":"","display_name":"","description":"","username":"","icon_url":"","channel_locked":false}`},
		{OutgoingWebhook{}, `{"id":"","token":"","create_at":0,"update_at":0,"delete_at":0,"creator_id":"","channel_id":"","team_id":"","trigger_words":null,"trigger_when":0,"callback_urls":null,"display_name":"","description":"","content_type":"","username":"","icon_url":""}`},
		{Command{}, `{"id":"","token":"","create_at":0,"update_at":0,"delete_at":0,"creator_id":"","team_id":"","trigger":"","method":"","username":"","icon_url":"","auto_complete":false,"auto_complete_desc":"","auto_complete_hint":"","display_name":"","description":"","url":"","plugin_id":""}`},
		{CommandResponse{}, `{"response_type":"","text":"","username":"","channel_id":"","icon_url":"","type":"","props":null,"goto_location":"","trigger_id":"","skip_slack_parsing":false,"attachments":null,"extra_responses":null}`},
		{AutocompleteSuggestion{}, `{"Complete":"","Suggestion":"","Hint":"","Description":"","IconData":""}`},
		{FileInfo{}, `{"id":"","user_id":"","channel_id":"","create_at":0,"update_at":0,"delete_at":0,"name":"","extension":"","size":0,"mime_type":"","mini_preview":null,"remote_id":"","archived":false}`},
		{FileUpload{}, `{"file_infos":null,"client_ids":null}`},
		{Role{}, `{"id":"","name":"","display_name":"","description":"","create_at":0,"update_at":0,"delete_at":0,"permissions":null,"scheme_managed":false,"built_in":false,"scheme_id":null}`},
		{Broadcast{}, `{"omit_users":null,"user_id":"","channel_id":"","team_id":"","connection_id":"","omit_connection_id":""}`},
		{WebSocketReply{}, `{"status":""}`},
	} {
		t.Run(fmt.Sprintf("%T", c.value), func(t *testing.T) {
			b, err := json.Marshal(c.value)
			require.NoError(t, err)
			assert.Equal(t, c.want, string(b))
		})
	}
}
