package versions

// A Feature is a behaviour that Mattermost has since some version.
type Feature int

// The features that the fake tells apart. Where nothing better is known of one
// than that it came after 5.36, the recorded 11.6 is the first that has it.
const (
	HookErrorsInJSON Feature = iota
	HookErrorsWrapped
	BodyLimit
	NotFoundInJSON
	SecurityHeaders
	OwnMentionsOnly
	SenderWithAt
	SetOnline
	FormatIgnored
)

// features is the table of what changed when.
var features = [...]struct {
	since Version
	what  string
}{
	HookErrorsInJSON:  {v(5, 1), "errors under /hooks/ are JSON, not an HTML page"},
	HookErrorsWrapped: {after536, "errors of incoming webhooks have one id, and the status of what went wrong"},
	BodyLimit:         {after536, "JSON bodies over 300,000 bytes and URLs over 2,048 characters are refused"},
	NotFoundInJSON:    {after536, "the 404 of an unknown API path says that it is JSON"},
	SecurityHeaders:   {after536, "answers have X-Content-Type-Options, Referrer-Policy and Permissions-Policy"},
	OwnMentionsOnly:   {after536, "a posted event tells each receiver of his own mention only, and is told to nobody else"},
	SenderWithAt:      {v(5, 36), "a posted event's sender_name is @name, and System for the server's posts"},
	SetOnline:         {v(5, 36), "a posted event says set_online"},
	FormatIgnored:     {after536, "the client config needs no format"},
}

// Has says whether the version behaves in the way that the feature names.
func (v Version) Has(f Feature) bool { return !v.before(features[f].since) }
