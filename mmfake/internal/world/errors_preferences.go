package world

// Preferences.
var (
	errPreferenceCategory  = Problem{404, "api.preference.preferences_category.get.app_error", "This user has no preferences of that category."}
	errPreferenceUnknown   = Problem{400, "app.preference.get.app_error", "This user has no preference of that category and name."}
	errRecentStatusUnknown = Problem{400, "api.custom_status.recent_custom_statuses.delete.app_error", "That is none of the user's recent custom statuses."}
	errPreferenceOfOther   = Problem{403, "api.preference.update_preferences.set.app_error", "The user_id of each preference is the one of the URL."}
	errDeletionOfOther     = Problem{403, "api.preference.delete_preferences.delete.app_error", "The user_id of each preference is the one of the URL."}

	errPreferenceCategoryInvalid = Problem{400, "model.preference.is_valid.category.app_error", "A preference's category has 1 to 32 characters."}
	errPreferenceNameInvalid     = Problem{400, "model.preference.is_valid.name.app_error", "A preference's name has up to 32 characters."}
	errPreferenceValueInvalid    = Problem{400, "model.preference.is_valid.value.app_error", "A preference's value has up to %d characters."}
	errPreferenceThemeInvalid    = Problem{400, "model.preference.is_valid.theme.app_error", "A theme is a JSON object of texts."}
)
