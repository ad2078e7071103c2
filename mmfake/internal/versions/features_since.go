package versions

// features is the table of what changed when, in words that docs/versions.md has too.
// Dates without a comment are from the facts, 5.36 and after536 where the recordings
// alone tell. Of a comment with .x only the major version is sure, and counts from
// its first release on.
var features = [...]struct {
	since Version
	what  string
}{
	// Requests, answers and the system.
	BodyLimit:          {v(9, 0), "JSON bodies over 300,000 bytes and URLs over 2,048 characters are refused"}, // MaximumPayloadSizeBytes and MaximumURLLength are settings of 9.x
	BodiesStrict:       {after536, "a body with a value of the wrong kind is refused, not read without it, and null is as good as {}"},
	NotFoundInJSON:     {after536, "the 404 of an unknown API path says that it is JSON"},
	OptionsUnknown:     {v(5, 36), "OPTIONS is as unknown to API paths as other methods, not answered with 200"},
	SecurityHeaders:    {after536, "answers have X-Content-Type-Options, Referrer-Policy and Permissions-Policy"},
	FormatIgnored:      {v(9, 0), "the client config needs no format"}, // facts 14: after 8.x
	SiteURLHidden:      {v(5, 36), "the client config has no SiteURL without a session"},
	SiteURLForAll:      {after536, "the client config has the SiteURL without a session too"},
	LicenceWithoutEtag: {v(5, 36), "the client licence has no Etag"},
	PingStatus:         {v(5, 14), "ping tells of database and file store with get_server_status"},
	PingSearchBackend:  {v(5, 36), "ping names the search backend, not versions of the desktop app"},
	OAuthApps:          {after536, "OAuth apps can be registered unless it is switched off, not only where it is switched on"},

	// Sessions.
	CookiesOnDemand:      {v(5, 12), "a login sets cookies only for a client that says X-Requested-With"},
	CSRFTokens:           {v(5, 10), "a session has a CSRF token, in a cookie of its own, and GET needs no proof that the web app asks"},
	CookieBeforeHeader:   {v(5, 36), "the session's cookie counts before the Authorization header"},
	BadCSRFForgetsCookie: {after536, "a request without the CSRF token makes the browser drop its cookie"},
	LoginErrorsMasked:    {v(5, 12), "a failed login does not say whether the user or the password is wrong"},
	DeviceOptional:       {after536, "a session may tell of itself without a device_id"},
	PasswordEndsSessions: {after536, "a changed password ends the user's other sessions"},
	PasswordOfUnknown:    {v(5, 28), "setting the password of an unknown user is forbidden, not answered with 404"},        // with the roles of the system console
	TokenUserFirst:       {after536, "who makes a token for an unknown user is told so before anything else is looked at"}, // facts 2.4
	SessionsDescribed:    {v(5, 36), "a session's props say whether it is of a guest, a mobile app or single sign-on"},

	// Users and bots.
	AuthDataHidden:           {after536, "a user's own auth_data is left out where it is empty"},
	AdminsSeeNotifyProps:     {after536, "admins see the notify_props of others"},
	ThreadNotifyProps:        {after536, "notify_props have desktop_threads, email_threads and push_threads, and a member's channel_auto_follow_threads"},
	PushWhenOnline:           {after536, "push_status is online unless it is changed, not away"},
	NamePartsSearched:        {after536, "a search finds users by any part of their names, not by the beginning"},
	UsersSince:               {v(5, 14), "users by their ids may be those only who changed since a time"},
	UsersFiltered:            {v(5, 6), "users are listed and searched by role and by whether they are active, and as many as a search wants"}, // the documentation of the API dates the limit
	UsersOfGroups:            {v(5, 36), "the users of a group can be listed, which takes a licence"},
	UsersByStatus:            {v(5, 36), "users of a channel can be listed by their status"},
	UsersByStanding:          {after536, "users of a channel can be listed with its admins first"},
	RolesOfUsersKnown:        {after536, "the roles by which users are listed must exist"},
	AllUsersUntagged:         {v(5, 36), "the list of all users has no Etag; those of teams have"},
	CompletionNeedsTeam:      {v(5, 36), "completing the names of a channel's members takes its team too"},
	CreateAtKept:             {after536, "PUT of a user needs no create_at"},
	UserIDMatches:            {v(5, 36), "PUT of a user or a status checks that the id is the one of the URL"},
	StatusIDsChecked:         {v(5, 36), "the ids whose statuses are asked for must be well formed"},
	EmailChangeNeedsPassword: {v(5, 36), "who changes his own e-mail address gives his password"},
	EmailForm:                {v(5, 36), "e-mail addresses must be well formed"},
	LocaleChecked:            {v(5, 36), "a user's locale must be a language"},
	UserFieldsBounded:        {after536, "a user's time zone and roles have up to 256 characters"},
	SystemNameReserved:       {after536, "nobody may be called system"},
	TakenToldAlike:           {v(5, 28), "a taken name or address has the same error for new users and for changed ones"},
	PasswordClasses:          {v(5, 12), "passwords have 10 to 64 characters of all four classes unless it is set, not 5 to 64 of any"},
	PasswordLengthNamed:      {after536, "passwords have 8 to 72 characters of any class unless it is set, and the error says whether the length is wrong"},
	NextStepsShown:           {after536, "a new user has a preference about next steps"},
	PreferencesBounded:       {after536, "a request has 1 to 100 preferences with values of up to 20,000 characters, not any number of up to 2,000"},
	PictureOfNobody:          {v(5, 36), "the picture of an unknown user has the error of any unknown user"},
	BotsChecked:              {after536, "bots have checks of their own, and need a name"},
	BotPostsMarked:           {v(5, 12), "posts by bots have the prop from_bot"},

	// Teams.
	OpenTeamsJoined:        {v(5, 36), "one joins an open team by adding oneself as its member"},
	TeamIDMatches:          {v(5, 36), "PUT of a team checks that the id is the one of the URL"},
	TeamMembersSorted:      {v(5, 36), "the members of a team can be listed by name, and only those who are active"},
	TeamInviteKept:         {v(5, 36), "PUT of a team leaves its invite_id alone"},
	TeamPatchToldOnce:      {v(5, 36), "patching a team is told in one update_team, not in two"},
	TeamsSearchedByNothing: {v(5, 36), "an empty term finds all teams, and admins search page by page"},
	LeaverToldLast:         {v(5, 36), "leave_team comes after the message that somebody left the team"},
	BatchesGraceful:        {v(5, 18), "adding members to a team in a batch may go on after one who cannot be added"},

	// Channels.
	ChannelFieldsNeeded:    {after536, "a new channel needs a team_id and a display_name"},
	OneLetterChannels:      {after536, "channel names may have one letter"},
	ChannelTakenAlike:      {after536, "a taken channel name has the same error for new channels and for renamed ones"},
	ChannelIDMatches:       {v(5, 36), "PUT of a channel checks that the id is the one of the URL"},
	OutsidersForbidden:     {v(5, 36), "who changes a channel that he is not in is told that he may not, not that he is no member"},
	OwnDirectChannel:       {after536, "one user id alone makes a direct channel with oneself"},
	DirectCreator:          {v(5, 36), "direct channels have a creator_id"},
	GroupShared:            {after536, "group channels are made with shared false, not null"},
	PrivateNamesUnknown:    {v(5, 36), "the name of a private channel that one is not in is unknown, not forbidden"},
	SearchByMembers:        {v(5, 36), "who may not list a team's channels may search among his own"},
	DeletedListedToMembers: {v(5, 36), "members of a team may list its archived channels"},
	RestoreTold:            {v(5, 20), "restoring a channel is told in it, and answered with the restored channel"},
	DirectsNotArchived:     {v(5, 36), "direct and group channels cannot be archived"},
	DirectsKeepNames:       {after536, "of a direct or group channel only the header can be changed"},
	ArchivedNotPatched:     {after536, "patching an archived channel has the error of changing one"},
	ArchivedNotStored:      {v(5, 4), "an archived channel cannot be patched"}, // with the table of public channels
	ConvertingPermitted:    {v(5, 16), "making a channel private has a permission of its own, and is not for who manages the team"},
	GroupIDsOnce:           {after536, "an id that stands twice in a new group channel's counts once"},
	ErasedOnDemand:         {v(5, 28), "channels and users can be deleted for good, where the settings allow it"},
	FilesLeftUncounted:     {after536, "the statistics of a channel may leave its files uncounted"},
	OwnChannelsSearched:    {after536, "with system_console=false a search in all teams finds what one may join or is in"},
	ArchivedFound:          {v(5, 28), "archived channels are found and completed, and listed and searched in where asked for"},
	PrivateCompleted:       {after536, "the names of the private channels that one is in are completed too"},

	// Members of channels.
	AdminsModerate:        {v(5, 22), "admins of a team may post, react and manage members in its channels without being their members"}, // the release of channel moderation
	StandingOfMembers:     {after536, "schemeRoles make nobody a guest, and leave a member one"},
	MembersTimesHidden:    {after536, "last_viewed_at and last_update_at of other members are -1"},
	NewMemberRoles:        {v(5, 36), "the answer to adding a member of a channel has his roles"},
	LeaverWithAt:          {v(5, 36), "the messages that somebody left or was removed name him with an @"},
	RemovingOutsiderFails: {v(5, 36), "removing somebody from a channel that he is not in is an error"},
	ArchivedLeft:          {v(5, 36), "one may join an archived channel, and leave it"},
	LeaverUnfollows:       {after536, "who leaves a channel follows none of its threads any more"},
	GroupsKeepMembers:     {v(5, 36), "nobody can leave a group channel"},
	NotifyLevelsFree:      {after536, "the values of a member's notify_props are not checked"},
	IgnoreChannelMentions: {v(5, 36), "a member's notify_props have ignore_channel_mentions"},

	// Posts, threads and reactions.
	LargeProps:              {after536, "the JSON of a post's props has up to 800,000 characters, a webhook's 760,000, not 8,000 and 7,600"},
	TypeMe:                  {v(5, 36), "clients may make posts of type me"},
	PendingRemembered:       {v(5, 8), "a post sent twice with one pending_post_id is made once"},
	Priorities:              {v(7, 7), "posts and webhooks take a priority"}, // with acknowledgements, which the documentation of the API dates
	PostIDMatches:           {v(5, 36), "PUT of a post checks that the id is the one of the URL"},
	PublicPostsReadable:     {after536, "the posts of a public channel may be listed, their buttons pressed and dialogs submitted there without being its member"},
	AttachmentsEdited:       {v(5, 36), "an edit of attachments or files alone counts as one, in edit_at"},
	ThreadsCollapsed:        {v(7, 0), "who replies has seen the thread, not the channel, and nobody is mentioned for having written in it"}, // release notes of 7.0: on by default
	PostsPreviewed:          {after536, "a post whose first link leads to another post of the server shows that one"},
	ArchivedFrozen:          {v(5, 36), "posts of archived channels are neither edited, pinned nor deleted, and nobody reacts to them"},
	ArchivedSilent:          {v(5, 36), "nobody is told of what is posted in an archived channel"},
	DeletedPostsShown:       {after536, "admins may ask for deleted posts"},
	ThreadsSkipped:          {v(5, 22), "skipFetchThreads leaves the replies out of a page of posts, and collapsedThreads does"},
	ThreadsPaged:            {after536, "a thread is read page by page"},
	PostsErased:             {v(10, 0), "admins may delete a post for good"}, // EnableAPIPostDeletion is a setting of 10.x
	ThreadsAroundPages:      {v(5, 36), "the pages before and after a post come with whole threads, not with the root posts alone"},
	CursorsChecked:          {v(5, 36), "before and after of a page of posts must be well-formed ids"},
	DeletedWithoutText:      {v(5, 36), "deleted posts in lists have no text"},
	UnknownPostTold:         {after536, "deleting an unknown post is answered with 404, not 403"},
	RepliesCounted:          {after536, "reply_count of a single post says how many replies it has"},
	ThreadInOrder:           {v(5, 36), "the order of a thread has all its posts, not only the one asked for"},
	ThreadWithoutRepeat:     {after536, "the order of a thread has each post once"},
	LastToReplyLast:         {after536, "the participants of a thread are in the order of their last replies, not of their first"},
	RootsOnly:               {v(5, 36), "nobody can reply to a reply"},
	NoParentIDs:             {after536, "posts have no parent_id"},
	ChannelMentionsFiltered: {after536, "channel_mentions in a direct or group channel hold only what their reader may read"},
	ChannelMentionTeam:      {v(5, 36), "channel_mentions name the team of the channel"},
	NameNeedsAt:             {v(5, 36), "a user's name mentions him only after an @"},
	MentionsInAttachments:   {v(5, 36), "the texts of attachments mention people"},
	GroupMentionsAll:        {v(9, 1), "a post in a group channel mentions all its members, and a preference of new users tells so"}, // release notes of 9.1
	FieldShortAsText:        {v(5, 8), "short of an attachment's field may be the text true or false"},
	NoReactionsIsNull:       {after536, "the reactions of a post that has none are null, not an empty list"},
	ReactionNeedsEmoji:      {after536, "a reaction needs an emoji that there is, not only a name that one could have"},
	ReactionsLimited:        {v(9, 0), "a post has no more different emoji than UniqueEmojiReactionLimitPerPost"}, // the setting is one of 9.x
	ReactionAlone:           {v(5, 36), "reaction_added comes without a post_edited"},

	// Files.
	TenFiles:         {v(5, 34), "a post has up to ten files, not five"},
	LargerFiles:      {v(5, 36), "files may have 100 MiB unless it is set, not 50"},
	UploadsStreamed:  {v(5, 36), "the form of an upload is read as it comes: any part with a file name is a file, and the channel may be in the query"},
	VectorsMeasured:  {v(5, 36), "the file of an SVG has its width and height"},
	FilesChecked:     {v(5, 36), "file_ids of a post keep only the author's own files that are in no post yet"},
	LooseFilesShared: {after536, "a file in no post yet may be read by all who read its channel"},
	FilesCached:      {after536, "clients may keep a downloaded file for a day"},
	FilesRevalidated: {v(5, 36), "clients must ask again for a downloaded file, which they may keep for 30 days before"},

	// Incoming webhooks.
	HookErrorsInJSON:     {v(5, 1), "errors under /hooks/ are JSON, not an HTML page"},
	HookErrorsWrapped:    {after536, "errors of incoming webhooks have one id, and the status of what went wrong"},
	HookFormsStrict:      {after536, "a form that cannot be read is an error of an incoming webhook, not an empty payload"},
	HookMediaTypeChecked: {v(5, 36), "the Content-Type of a request to an incoming webhook must be well formed"},
	HookNullRefused:      {after536, "null is no payload of an incoming webhook, rather than an empty one"},
	HookIconEmoji:        {v(5, 14), "incoming webhooks take icon_emoji"},
	HookTotals:           {after536, "the list of incoming webhooks has include_total_count"},
	HookIDMatches:        {v(5, 36), "a changed webhook names its id, and the new channel of an incoming one is in its team"},
	HookOwnerChosen:      {v(5, 36), "a webhook may be made for another user"},
	HookLongDescription:  {v(5, 4), "a webhook's description has up to 500 bytes, not 128"},
	HookLinksStrict:      {after536, "the label of a link in Slack's markup in a webhook's text has no |"},
	HooksLocked:          {v(11, 0), "who may not bypass the lock makes incoming webhooks that post to their own channel only"}, // with the permissions of 11.x

	// Clicks and dialogs.
	CallbackAgent:        {v(5, 36), "requests to integrations come from Mattermost-Bot/1.1, not from Go's client"},
	RedirectsWithoutType: {after536, "a request to an integration that a redirect turns into GET has no Content-Type"}, // since Go 1.25
	AnyActionID:          {v(5, 20), "an action may have any id of letters and digits, not only one of 26 characters"},
	ActionsOnEphemeral:   {v(5, 10), "actions of ephemeral posts get ids and cookies, and work"},
	EmptyClickAnswer:     {after536, "an integration may answer a click with an empty body"},
	AnswersWhole:         {after536, "an integration's answer to a click or a dialog is one JSON value, with nothing after it"},
	TextOfClicker:        {v(5, 10), "the ephemeral_text of an answer to a click comes from the clicker, not from the post's author"},
	UpdatesKeepSpeaker:   {v(5, 10), "an update by an integration keeps the props that it leaves out, and who speaks"},
	UpdatesKeepMarks:     {v(5, 11), "an update by an integration leaves the pin and has_reactions alone"},
	EditsLeaveFiles:      {v(5, 36), "an edit leaves the file_ids of a post alone, rather than replacing them"},
	EditsChangeFiles:     {v(10, 5), "an edit attaches and deletes files"}, // with posts/{}/restore, which the documentation of the API dates
	LongTriggers:         {after536, "a trigger id opens dialogs as long as a request to an integration may take, not three seconds"},
	DialogAnswersChecked: {after536, "an answer to a submitted dialog that cannot be read is an error, not as good as none"},
	UnknownChannelTold:   {after536, "reading the posts of an unknown channel, or submitting a dialog there, is answered with 404, not 403"},
	DynamicDialogs:       {v(11, 0), "dialogs can be changed while they are filled in"}, // with actions/dialogs/lookup, which the documentation of the API dates

	// Slash commands.
	CommandsHidden:      {v(5, 36), "a command is unknown to those who may manage none in its team, not forbidden"},
	CommandOwnerChosen:  {v(11, 0), "a command may be made for another user"}, // with the permissions of 11.x
	CommandErrorsAlike:  {v(5, 28), "a new command that brings an id has the same error as one that is too long for the database"},
	CommandLetters:      {after536, "a command's trigger has letters, digits and _./- only, not whatever is no blank"},
	CommandsAtSpace:     {v(5, 22), "any white space ends the trigger of a command line, not only a blank"},
	CustomCommandsFirst: {v(5, 26), "a custom command hides a built-in one, and EnableCommands is about both"},
	CommandTriggers:     {v(5, 6), "the integration of a command gets a trigger_id"},
	CommandMentions:     {v(5, 22), "the integration of a command gets the ids of users and channels in the text"},
	CommandThreads:      {after536, "the integration of a command gets the root_id"},
	CommandQueryKept:    {v(5, 36), "a command's GET request keeps the query of its URL"},
	CommandSiteURL:      {after536, "links in commands begin with the site's URL, which has to be set, not with the request's host"},
	CommandFailuresTold: {v(5, 8), "a command fails when its answer cannot be posted"},
	CommandsNotArchived: {v(5, 36), "a command cannot be run in an archived channel"},
	CommandsLikePosts:   {after536, "who may post may run commands, not only members of the channel"},
	CommandAnswerApart:  {v(5, 36), "who runs a command gets the answer's props and attachments as the integration sent them, not as posted"},
	MeType:              {v(5, 36), "/me makes posts of the type me"},
	CustomStatusCommand: {v(5, 33), "there is /status"},
	LaterCommands:       {v(5, 36), "there are /marketplace, /share-channel and /secure-connection"},
	InviteSays:          {after536, "/invite takes several users and channels, and says what it did"},
	LeaveSaysNothing:    {v(5, 36), "/leave has no response_type"},
	HelpSays:            {after536, "/help says where help is, rather than sending the user there"},

	// The websocket and its events.
	ReliableSockets:          {after536, "websocket connections have ids and can be resumed"},
	BinaryRequests:           {v(5, 35), "clients may send MessagePack in binary frames over the websocket"},
	StrangersIgnored:         {v(5, 36), "who has not said yet who he is hears of no errors over the websocket"},
	PluginActions:            {v(6, 0), "clients may speak to plugins over the websocket, by actions that begin with custom_"},
	ClientViews:              {v(9, 0), "clients tell what they show, and which posted events they acknowledge"}, // 9.x
	TypingChecked:            {v(5, 36), "only who may post in a channel can be typing there"},
	OwnMentionsOnly:          {v(9, 0), "a posted event tells each receiver of his own mention only, and is told to nobody else"}, // 9.x
	FollowersTold:            {v(7, 0), "a reply's posted event tells each follower of the thread that he is one"},                // with ThreadsCollapsed
	SenderWithAt:             {v(5, 36), "a posted event's sender_name is @name"},
	SystemAsSender:           {v(5, 36), "a posted event's sender_name is System for the server's posts, not empty"},
	DirectNameInEvents:       {v(5, 36), "a posted event in a direct channel names the author as the channel's display name"},
	HooksLeaveStatus:         {after536, "set_online of a posted event is false for webhooks' posts"},
	UserUpdatedToEach:        {after536, "user_updated is told to the user, to admins and to others apart, not alike to all"},
	UpdatedTeamToMembers:     {v(5, 36), "update_team events go to the team, not to everybody"},
	DeletedTeamToMembers:     {after536, "delete_team and restore_team events go to the team, not to everybody"},
	TeamEventsSanitized:      {v(5, 36), "the team in events has no invite_id"},
	LeaverToldApart:          {after536, "leave_team is told to the one who left apart from the team"},
	NewMemberToldApart:       {after536, "user_added is told to the new member apart from the channel"},
	RolesToldToMember:        {v(5, 36), "channel_member_updated tells a member of new roles, not only of notify_props"},
	GroupToldEach:            {after536, "group_added is told to each member, not to the channel"},
	PrivateChannelsToMembers: {after536, "archiving and restoring a private channel is told to its members, not to the team"},
	ViewedTogether:           {v(9, 0), "viewed channels are told in one multiple_channels_viewed, not in a channel_viewed each"}, // release notes of 9.0
	ChannelBeforeTold:        {v(5, 36), "a viewed channel is told together with the one viewed before it"},
	DeletedToAdminsApart:     {v(5, 26), "post_deleted is told to admins apart"},
	DeletedWithoutMetadata:   {after536, "the post in post_deleted has no metadata"},
}
