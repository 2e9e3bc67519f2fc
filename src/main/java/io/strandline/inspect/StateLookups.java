package io.strandline.inspect;

import io.strandline.catalog.Snapshot;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SnapshotReader.Entry;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Looks keys up in versions, without disturbing whoever runs. */
@Component
final class StateLookups {

    private final OpenStates states;
    private final UnreadableVersions unreadable;
    private final KeyReader keys;

    StateLookups(OpenStates states, UnreadableVersions unreadable, JsonMapper json) {
        this.states = states;
        this.unreadable = unreadable;
        this.keys = new KeyReader(json);
    }

    StateAnswer lookup(Snapshot version, String operator, String state, String key) {
        try {
            return states.ask(version, operator, state, reader -> {
                StateSchema schema = reader.schema(operator, state).orElseThrow();
                List<Object> columns = keys.read(key, schema.key());
                List<Entry> entries = reader.lookup(operator, state, columns);
                if (entries.isEmpty()) {
                    throw new StrandlineException(
                            ErrorCode.KEY_NOT_FOUND,
                            "State %s of operator %s has no key %s in version %d."
                                    .formatted(state, operator, key, version.number()));
                }
                return StateAnswer.of(VersionRef.of(version), null, operator, schema, columns, entries);
            });
        } catch (IOException e) {
            throw unreadable.problem(version, e);
        }
    }
}
