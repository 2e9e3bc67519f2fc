package io.strandline.catalog.lookup;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Policy;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * How long what people delete stays in the trash: {@code trash.window} of the branch's policy, else the job's, else the
 * server's, else a week. A level that switches the window off asks for the week, whatever is above it.
 */
@Component
public final class TrashWindow {

    private static final Duration DEFAULT = Duration.ofDays(7);

    private final Catalog catalog;
    private final JsonMapper json;

    TrashWindow(Catalog catalog, JsonMapper json) {
        this.catalog = catalog;
        this.json = json;
    }

    /** The window of a job as a whole. */
    public Duration of(String jobId) {
        return first(Policy.Owner.job(jobId), Policy.Owner.SERVER);
    }

    /** The window of a version of a branch. */
    public Duration of(String jobId, String branch) {
        return first(Policy.Owner.branch(jobId, branch), Policy.Owner.job(jobId), Policy.Owner.SERVER);
    }

    private Duration first(Policy.Owner... levels) {
        for (Policy.Owner level : levels) {
            JsonNode window =
                    catalog.policy(level).map(policy -> said(policy.document())).orElseGet(MissingNode::getInstance);
            if (!window.isMissingNode()) {
                return window.isString() ? Duration.parse(window.asString()) : DEFAULT;
            }
        }
        return DEFAULT;
    }

    /** What a document says: missing where it is silent, null where it switches the window off. */
    private JsonNode said(String document) {
        JsonNode trash = json.readTree(document).path("trash");
        return trash.isNull() ? trash : trash.path("window");
    }
}
