package io.strandline.api.type;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.state.KeyedTable;
import java.util.ArrayList;
import java.util.List;

/** How a growing list lies in one column of a keyed state: its elements' encodings, one behind the other. */
public final class SequenceForm<E> {

    private static final String ONLY = "elements";

    private final Type<E> element;

    /** For elements of a type. */
    public SequenceForm(Type<E> element) {
        this.element = element;
    }

    /** The elements' type. */
    public Type<E> element() {
        return element;
    }

    /** The columns of the state. */
    public List<Column> columns() {
        return List.of(new Column(ONLY, ColumnType.BYTES, "list<" + element.shape() + ">"));
    }

    /** Writes elements into the entry whose words begin at {@code at}, in place of what is there or behind it. */
    public void store(List<E> elements, boolean behind, KeyedTable table, int at) {
        ByteSink out = new ByteSink();
        elements.forEach(each -> element.write(element.check(each), out));
        long[] words = table.words();
        words[at] = Contents.append(table.values(), behind ? words[at] : 0, out.toBytes());
    }

    /** Reads all elements of the entry whose words begin at {@code at}. */
    public List<E> load(KeyedTable table, int at) {
        ByteSource in = new ByteSource(Contents.read(table.values(), table.words()[at]));
        List<E> elements = new ArrayList<>();
        while (in.hasMore()) {
            elements.add(element.read(in));
        }
        return elements;
    }
}
