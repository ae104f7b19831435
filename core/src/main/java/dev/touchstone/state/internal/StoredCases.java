package dev.touchstone.state.internal;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.internal.CaseFields;
import java.nio.ByteBuffer;

/**
 * One recovery case as bytes. The layout is the format, then parts, each with its number and length. The layout of a
 * part never changes: additions have separate parts, which an older version skips.
 */
public final class StoredCases {

    private static final int FORMAT = 1;
    private static final int CASE = 1;
    private static final int BYTES = 512;

    private StoredCases() {}

    /** Returns a case as bytes. */
    public static byte[] write(RecoveryCase file) {
        Output part = new Output(BYTES);
        CaseFields.fields(file, new FieldWriter(part));
        return new Output(BYTES)
                .putByte(FORMAT)
                .putCount(CASE)
                .putBytes(part.written())
                .toBytes();
    }

    /**
     * Reads a case.
     *
     * @throws MalformedException if the bytes are not a case, or have a newer format
     */
    public static RecoveryCase read(byte[] bytes) {
        Input input = new Input(ByteBuffer.wrap(bytes));
        int format = input.getByte();
        if (format != FORMAT) {
            throw new MalformedException(
                    "recovery case: format " + format + " was written by a newer version; expected " + FORMAT);
        }
        if ((int) input.getCount() != CASE) {
            throw new MalformedException("recovery case has no leading part with the common fields");
        }
        Input content = input.getPart();
        RecoveryCase file = CaseFields.fields(CaseFields.BLANK, new FieldReader(content));
        content.end();
        return file;
    }
}
