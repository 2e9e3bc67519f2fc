package io.strandline.inspect.usage;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Housekeeping.Sharing;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.inspect.Inspections;
import io.strandline.inspect.Inspections.Which;
import io.strandline.inspect.VersionRef;
import io.strandline.inspect.usage.FilesAnswer.Role;
import io.strandline.inspect.usage.FilesAnswer.VersionFile;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema.Form;
import io.strandline.storage.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Lists the files of versions, and who shares them. */
@Component
public final class VersionFiles {

    private static final Sharing ALONE = new Sharing(1, 0);

    private final Inspections inspections;
    private final StoredVersions versions;
    private final Housekeeping housekeeping;
    private final Catalog catalog;

    VersionFiles(Inspections inspections, StoredVersions versions, Housekeeping housekeeping, Catalog catalog) {
        this.inspections = inspections;
        this.versions = versions;
        this.housekeeping = housekeeping;
        this.catalog = catalog;
    }

    /** Every file of a version, state by state, oldest first. */
    public FilesAnswer list(Which which) {
        Snapshot version = inspections.find(which);
        SnapshotContent content = versions.manifest(version).content();
        Map<Digest, Sharing> sharing = housekeeping.sharing(version);
        List<VersionFile> files = new ArrayList<>();
        for (OperatorContent operator : content.operators()) {
            for (StateContent state : operator.states()) {
                for (Run run : state.runs()) {
                    Sharing shared = sharing.getOrDefault(run.blob().digest(), ALONE);
                    files.add(file(operator.name(), state, run, shared));
                }
            }
        }
        long exclusive = catalog.exclusiveBytes(List.of(version.id())).getOrDefault(version.id(), 0L);
        return new FilesAnswer(VersionRef.of(version), content.totalBytes(), exclusive, files);
    }

    private static VersionFile file(String operator, StateContent state, Run run, Sharing shared) {
        return new VersionFile(
                run.blob().digest().toString(),
                state.schema().form() == Form.IN_FLIGHT ? Role.IN_FLIGHT : Role.RUN,
                operator,
                state.schema().name(),
                run.blob().mediaType(),
                run.sizeBytes(),
                run.keyGroups().first(),
                run.keyGroups().last(),
                run.entries(),
                run.deletes(),
                run.conversion() != null,
                shared.versions() - 1,
                shared.sinceNumber() == 0 ? null : shared.sinceNumber());
    }
}
