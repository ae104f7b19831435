package dev.touchstone.kafka;

/** A record that is not read. The message names fields and repeats nothing of what they say. */
final class RefusedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RefusedRecordException(Reason reason, String message) {
        super(message, null, false, false); // one for each bad record: the reason says where it comes from
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** Why a record is refused. */
    enum Reason {
        /** It was written under another pseudonym key, or does not say under which. */
        FOREIGN_KEY("foreign_key"),
        /** It was written in a format that this version does not know. */
        UNKNOWN_FORMAT("unknown_format"),
        /** Its key is not a pseudonym, or is missing. */
        BAD_KEY("bad_key"),
        /** It is longer than any record that is written. */
        TOO_LARGE("too_large"),
        /** It is neither an event nor an identification nor an erasure. */
        BAD_RECORD("bad_record");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** Returns the name in headers and metrics. */
        String code() {
            return code;
        }
    }
}
