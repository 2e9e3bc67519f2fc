package io.strandline.job.web;

import io.strandline.catalog.Branch;
import io.strandline.job.StartRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a start was asked for, as its operation keeps it: the request's fields and {@code branch}.
 *
 * @param branch the branch to start
 * @param request how
 */
record StartOrder(String branch, StartRequest request) {

    private static final String BRANCH = "branch";

    /** What the operation keeps. */
    static JsonNode of(String branch, StartRequest request, JsonMapper json) {
        ObjectNode kept = json.valueToTree(request);
        return kept.put(BRANCH, branch);
    }

    /** What an operation kept. */
    static StartOrder parse(String kept, JsonMapper json) {
        ObjectNode order = json.readValue(kept, ObjectNode.class);
        String branch = order.path(BRANCH).asString(Branch.MAIN);
        order.remove(BRANCH);
        return new StartOrder(branch, json.treeToValue(order, StartRequest.class));
    }
}
