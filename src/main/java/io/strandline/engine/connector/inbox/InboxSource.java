package io.strandline.engine.connector.inbox;

import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.connector.record.RecordColumn;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import java.io.IOException;
import java.util.List;

/**
 * Reads an inbox; it never ends.
 *
 * @param columns what is read from each record; others are skipped
 */
record InboxSource(Inbox inbox, List<RecordColumn> columns) implements Source {

    InboxSource {
        columns = List.copyOf(columns);
    }

    @Override
    public RowType type() {
        return new RowType(columns.stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList());
    }

    @Override
    public List<String> splits() {
        return inbox.splits();
    }

    /** Offset 0 is the first record that is kept. */
    @Override
    public SplitReader open(String split, long offset) throws IOException {
        Inbox.Range range = inbox.ranges().get(split);
        if (range == null) {
            throw new IOException("there is no partition " + split + " of " + inbox.splits());
        }
        if (offset > range.end() || (offset > 0 && offset < range.first())) {
            throw new IOException("partition %s holds records %d to %d; the version it goes on from is at record %d"
                    .formatted(split, range.first(), range.end(), offset));
        }
        return new InboxReader(inbox, Integer.parseInt(split), Math.max(offset, range.first()), columns);
    }
}
