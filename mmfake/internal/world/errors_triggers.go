package world

// Trigger ids that open no dialog (facts 8.1).
var (
	errTriggerBase64          = Problem{400, "interactive_message.decode_trigger_id.base64_decode_failed", "The trigger_id is not base64: send the one of the callback as it is."}
	errTriggerParts           = Problem{400, "interactive_message.decode_trigger_id.missing_data", "The trigger_id is not complete: send the one of the callback as it is, not the short one that clients get."}
	errTriggerExpired         = Problem{400, "interactive_message.decode_trigger_id.expired", "The trigger_id is older than %d seconds: open the dialog at once."}
	errTriggerSignatureBase64 = Problem{400, "interactive_message.decode_trigger_id.base64_decode_failed_signature", "The signature of the trigger_id is not base64: send the one of the callback as it is."}
	errTriggerSignature       = Problem{400, "interactive_message.decode_trigger_id.signature_decode_failed", "The trigger_id has something else in the place of its signature: send the one of the callback as it is."}
	errTriggerForged          = Problem{400, "interactive_message.decode_trigger_id.verify_signature_failed", "This server did not sign the trigger_id: send the one of the callback as it is."}
)
