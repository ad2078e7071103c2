package model

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The files in testdata hold one object a line, as servers send them, and are
// named after the type.
var canonical = map[string]func() any{
	"accesstoken":               func() any { return new(AccessToken) },
	"actionrequest":             func() any { return new(ActionRequest) },
	"apperror":                  func() any { return new(AppError) },
	"autocompletesuggestion":    func() any { return new(AutocompleteSuggestion) },
	"bot":                       func() any { return new(Bot) },
	"broadcast":                 func() any { return new(Broadcast) },
	"channel":                   func() any { return new(Channel) },
	"channelmember":             func() any { return new(ChannelMember) },
	"channelstats":              func() any { return new(ChannelStats) },
	"channelunread":             func() any { return new(ChannelUnread) },
	"channelviewresponse":       func() any { return new(ChannelViewResponse) },
	"command":                   func() any { return new(Command) },
	"commandresponse":           func() any { return new(CommandResponse) },
	"customstatus":              func() any { return new(CustomStatus) },
	"dialoglookupresponse":      func() any { return new(DialogLookupResponse) },
	"dialogsubmission":          func() any { return new(DialogSubmission) },
	"dialogsubmitresponse":      func() any { return new(DialogSubmitResponse) },
	"doactionresponse":          func() any { return new(DoActionResponse) },
	"draft":                     func() any { return new(Draft) },
	"emoji":                     func() any { return new(Emoji) },
	"fileinfo":                  func() any { return new(FileInfo) },
	"fileupload":                func() any { return new(FileUpload) },
	"incomingwebhook":           func() any { return new(IncomingWebhook) },
	"incomingwebhookswithcount": func() any { return new(IncomingWebhooksWithCount) },
	"opendialogrequest":         func() any { return new(OpenDialogRequest) },
	"outgoingwebhook":           func() any { return new(OutgoingWebhook) },
	"outgoingwebhookpayload":    func() any { return new(OutgoingWebhookPayload) },
	"post":                      func() any { return new(Post) },
	"postinfo":                  func() any { return new(PostInfo) },
	"postlist":                  func() any { return new(PostList) },
	"postsearchresults":         func() any { return new(PostSearchResults) },
	"postunread":                func() any { return new(PostUnread) },
	"preference":                func() any { return new(Preference) },
	"reaction":                  func() any { return new(Reaction) },
	"session":                   func() any { return new(Session) },
	"sidebarcategories":         func() any { return new(SidebarCategories) },
	"status":                    func() any { return new(Status) },
	"team":                      func() any { return new(Team) },
	"teammember":                func() any { return new(TeamMember) },
	"teamstats":                 func() any { return new(TeamStats) },
	"teamunread":                func() any { return new(TeamUnread) },
	"threads":                   func() any { return new(Threads) },
	"user":                      func() any { return new(User) },
	"userautocomplete":          func() any { return new(UserAutocomplete) },
	"websocketevent":            func() any { return new(WebSocketEvent) },
	"websocketreply":            func() any { return new(WebSocketReply) },
}

func TestWhatAServerSendsIsReadAndSentAgainByteForByte(t *testing.T) {
	files, err := filepath.Glob("testdata/*.jsonl")
	require.NoError(t, err)
	assert.Len(t, files, len(canonical), "each file has a type, each type a file")
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		t.Run(name, func(t *testing.T) {
			require.Contains(t, canonical, name)
			content, err := os.ReadFile(file)
			require.NoError(t, err)
			for line := range bytes.Lines(content) {
				line = bytes.TrimSpace(line)
				v := canonical[name]()
				d := json.NewDecoder(bytes.NewReader(line))
				d.DisallowUnknownFields()
				require.NoError(t, d.Decode(v), "%s", line)
				if p, ok := v.(*Post); ok && p.Attachments() != nil {
					p.Props[PropAttachments] = p.Attachments() // typed, they keep their order
				}
				got, err := json.Marshal(v)
				require.NoError(t, err)
				assert.Equal(t, string(line), string(got))
			}
		})
	}
}
