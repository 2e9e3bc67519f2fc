package io.strandline.engine.chain;

import io.strandline.engine.connector.DeadLetters;
import io.strandline.engine.connector.PoisonRecordException;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Watermark;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Records that one subtask of a source could not read, until they are sent on as dead letters. */
public final class Rejects {

    /** The output of a source that dead letters take. */
    public static final int OUTPUT = 1;

    private static final int ENOUGH = 64;

    private final String source;
    private final @Nullable DeadLetters letters;
    private final Batch rows;

    /**
     * @param letters null when the first one fails the job
     * @param batchSize how many records may turn out together that they are no good
     */
    public Rejects(String source, @Nullable DeadLetters letters, int batchSize) {
        this.source = source;
        this.letters = letters;
        this.rows = new Batch(DeadLetters.TYPE, ENOUGH + batchSize);
    }

    /** Takes a record in, or throws when it has to fail the job. */
    public void take(PoisonRecordException poison) throws PoisonRecordException {
        String record = poison.record();
        if (letters == null || record == null) {
            throw poison;
        }
        if (!letters.admit()) {
            throw new PoisonRecordException(
                    poison.split(),
                    poison.offset(),
                    poison.detail() + "; it is one more than the " + letters.max() + " dead letters that are allowed");
        }
        int row = rows.size();
        rows.objects(0)[row] = source;
        rows.objects(1)[row] = poison.split();
        rows.longs(2)[row] = poison.offset();
        rows.objects(3)[row] = poison.detail();
        rows.objects(4)[row] = record;
        rows.timestamps()[row] = Watermark.NONE;
        rows.size(row + 1);
    }

    /** Whether none waits. */
    public boolean isEmpty() {
        return rows.size() == 0;
    }

    /** Whether so many wait that they should be sent on before more are read. */
    public boolean full() {
        return rows.size() >= ENOUGH;
    }

    /** Sends them on. */
    void emit(ChainLink link) throws IOException {
        if (!isEmpty()) {
            link.emit(OUTPUT, rows);
            rows.clear();
        }
    }
}
