package io.strandline.state.heap;

import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.RunFormat;
import io.strandline.state.StateBackend;
import io.strandline.state.instance.TableInstance;
import io.strandline.state.instance.TableParts;
import java.io.IOException;
import java.util.List;

/** Keeps all state on the heap and writes it as runs of one format. What is restored is read lazily, run by run. */
public final class HeapBackend implements StateBackend {

    private final String name;
    private final TableParts parts;

    /**
     * A backend of the given name.
     *
     * @param name {@code memory} or {@code filesystem}; they differ only in the store an instance is given
     * @param writes the format of new runs
     * @param reads every format a restored version may have
     */
    public HeapBackend(String name, RunFormat writes, List<RunFormat> reads) {
        this.name = name;
        this.parts = new TableParts(writes, reads, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InstanceState open(InstanceStateRequest request) throws IOException {
        return new TableInstance(request, parts);
    }
}
