package world

// Reactions.
var (
	errReactionName     = Problem{400, "model.reaction.is_valid.emoji_name.app_error", "The name %s is of no emoji: one has letters, digits and the characters _ - and +."}
	errReactionInvalid  = Problem{400, "api.reaction.save_reaction.invalid.app_error", "A reaction has a user_id, a post_id and an emoji_name of up to 64 bytes."}
	errReactionUser     = Problem{403, "api.reaction.save_reaction.user_id.app_error", "Nobody reacts in another's name: give the session's own user_id."}
	errReactionArchived = Problem{403, "api.reaction.save.archived_channel.app_error", "The channel is archived: restore it before reacting."}
	errUnreactArchived  = Problem{403, "api.reaction.delete.archived_channel.app_error", "The channel is archived: restore it before taking a reaction back."}
	errTooManyReactions = Problem{400, "app.reaction.save.save.too_many_reactions", "The post has %d different emoji already, and the server allows no more."}
)
