package versions

// A Feature is a behaviour that Mattermost has since some version.
type Feature int

// The features that the fake tells apart. Where nothing better is known of one
// than that it came between two recorded versions, the later one is the first that
// has it.
const (
	// Requests, answers and the system.
	BodyLimit Feature = iota
	BodiesStrict
	NotFoundInJSON
	OptionsUnknown
	SecurityHeaders
	FormatIgnored
	SiteURLHidden
	SiteURLForAll
	LicenceWithoutEtag
	PingStatus
	PingSearchBackend
	OAuthApps

	// Sessions.
	CookiesOnDemand
	CSRFTokens
	CookieBeforeHeader
	BadCSRFForgetsCookie
	LoginErrorsMasked
	DeviceOptional
	PasswordEndsSessions
	PasswordOfUnknown
	TokenUserFirst
	SessionsDescribed

	// Users and bots.
	AuthDataHidden
	AdminsSeeNotifyProps
	ThreadNotifyProps
	PushWhenOnline
	NamePartsSearched
	UsersSince
	UsersFiltered
	UsersOfGroups
	UsersByStatus
	UsersByStanding
	RolesOfUsersKnown
	AllUsersUntagged
	CompletionNeedsTeam
	CreateAtKept
	UserIDMatches
	StatusIDsChecked
	EmailChangeNeedsPassword
	EmailForm
	LocaleChecked
	UserFieldsBounded
	SystemNameReserved
	TakenToldAlike
	PreferencesBounded
	NextStepsShown
	PasswordClasses
	PasswordLengthNamed
	PictureOfNobody
	BotsChecked
	BotPostsMarked

	// Teams.
	OpenTeamsJoined
	TeamIDMatches
	TeamMembersSorted
	TeamInviteKept
	TeamPatchToldOnce
	TeamsSearchedByNothing
	LeaverToldLast
	BatchesGraceful

	// Channels.
	ChannelFieldsNeeded
	OneLetterChannels
	ChannelTakenAlike
	ChannelIDMatches
	OutsidersForbidden
	OwnDirectChannel
	DirectCreator
	GroupShared
	PrivateNamesUnknown
	SearchByMembers
	DeletedListedToMembers
	RestoreTold
	DirectsNotArchived
	DirectsKeepNames
	ArchivedNotPatched
	ArchivedNotStored
	ConvertingPermitted
	GroupIDsOnce
	FilesLeftUncounted
	ErasedOnDemand
	OwnChannelsSearched
	ArchivedFound
	PrivateCompleted

	// Members of channels.
	AdminsModerate
	StandingOfMembers
	MembersTimesHidden
	NewMemberRoles
	LeaverWithAt
	RemovingOutsiderFails
	GroupsKeepMembers
	ArchivedLeft
	LeaverUnfollows
	NotifyLevelsFree
	IgnoreChannelMentions

	// Posts, threads and reactions.
	LargeProps
	TypeMe
	PendingRemembered
	Priorities
	PostIDMatches
	PublicPostsReadable
	ArchivedFrozen
	ArchivedSilent
	PostsPreviewed
	AttachmentsEdited
	ThreadsCollapsed
	DeletedPostsShown
	ThreadsSkipped
	ThreadsAroundPages
	ThreadsPaged
	PostsErased
	CursorsChecked
	DeletedWithoutText
	UnknownPostTold
	RepliesCounted
	ThreadInOrder
	ThreadWithoutRepeat
	LastToReplyLast
	RootsOnly
	NoParentIDs
	ChannelMentionTeam
	ChannelMentionsFiltered
	NameNeedsAt
	MentionsInAttachments
	GroupMentionsAll
	FieldShortAsText
	NoReactionsIsNull
	ReactionNeedsEmoji
	ReactionAlone
	ReactionsLimited

	// Files.
	TenFiles
	LargerFiles
	FilesChecked
	UploadsStreamed
	VectorsMeasured
	LooseFilesShared
	FilesCached
	FilesRevalidated

	// Incoming webhooks.
	HookErrorsInJSON
	HookErrorsWrapped
	HookFormsStrict
	HookMediaTypeChecked
	HookNullRefused
	HookIconEmoji
	HookTotals
	HookIDMatches
	HookOwnerChosen
	HookLongDescription
	HooksLocked
	HookLinksStrict

	// Clicks and dialogs.
	CallbackAgent
	RedirectsWithoutType
	AnyActionID
	ActionsOnEphemeral
	EmptyClickAnswer
	AnswersWhole
	TextOfClicker
	UpdatesKeepSpeaker
	UpdatesKeepMarks
	EditsLeaveFiles
	EditsChangeFiles
	LongTriggers
	DialogAnswersChecked
	UnknownChannelTold
	DynamicDialogs

	// Slash commands.
	CommandsHidden
	CommandOwnerChosen
	CommandErrorsAlike
	CommandLetters
	CommandsAtSpace
	CustomCommandsFirst
	CommandTriggers
	CommandMentions
	CommandThreads
	CommandQueryKept
	CommandSiteURL
	CommandFailuresTold
	CommandsNotArchived
	CommandsLikePosts
	CommandAnswerApart
	MeType
	CustomStatusCommand
	LaterCommands
	InviteSays
	LeaveSaysNothing
	HelpSays

	// The websocket and its events.
	ReliableSockets
	BinaryRequests
	StrangersIgnored
	PluginActions
	ClientViews
	TypingChecked
	OwnMentionsOnly
	FollowersTold
	SenderWithAt
	SystemAsSender
	DirectNameInEvents
	HooksLeaveStatus
	UserUpdatedToEach
	UpdatedTeamToMembers
	DeletedTeamToMembers
	TeamEventsSanitized
	LeaverToldApart
	NewMemberToldApart
	RolesToldToMember
	GroupToldEach
	PrivateChannelsToMembers
	ViewedTogether
	ChannelBeforeTold
	DeletedToAdminsApart
	DeletedWithoutMetadata
)

// Has says whether the version behaves in the way that the feature names.
func (v Version) Has(f Feature) bool { return !v.before(features[f].since) }
