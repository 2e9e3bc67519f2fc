package io.strandline.runner.connect;

import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * The databases that pipelines may name; there is no way to any other.
 *
 * @param connections by the name that pipelines use
 */
public record Databases(Map<String, DataSource> connections) {

    public Databases {
        connections = Map.copyOf(connections);
    }

    /** @throws IOException with a message fit for a client, when there is none of this name */
    DataSource named(String name) throws IOException {
        DataSource found = connections.get(name);
        if (found == null) {
            throw new IOException("no connection '" + name + "' is configured (strandline.connections); there "
                    + (connections.isEmpty()
                            ? "are none"
                            : "is " + String.join(", ", new TreeSet<>(connections.keySet()))));
        }
        return found;
    }
}
