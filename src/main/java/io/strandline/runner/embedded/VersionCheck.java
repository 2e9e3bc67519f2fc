package io.strandline.runner.embedded;

import io.strandline.runner.StartObstacle;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.StateContent;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks every file of a version against its digest before anything of it is used. */
final class VersionCheck {

    private final SnapshotStore store;

    VersionCheck(SnapshotStore store) {
        this.store = store;
    }

    /** What is missing or damaged; each file once, however often the version names it. */
    List<StartObstacle> damages(Manifest version) {
        List<StartObstacle> damages = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (OperatorContent operator : version.content().operators()) {
            for (StateContent state : operator.states()) {
                for (Run run : state.runs()) {
                    if (seen.add(run.blob().digest().hex())) {
                        check(operator, state, run, damages);
                    }
                }
            }
        }
        return damages;
    }

    private void check(OperatorContent operator, StateContent state, Run run, List<StartObstacle> damages) {
        try {
            store.check(run.blob());
        } catch (IOException damaged) {
            damages.add(new StartObstacle(
                    StartObstacle.Kind.DAMAGED,
                    run.blob().digest().toString(),
                    "run %d of state %s.%s: %s"
                            .formatted(
                                    run.number(),
                                    operator.name(),
                                    state.schema().name(),
                                    damaged.getMessage())));
        }
    }
}
