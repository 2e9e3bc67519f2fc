package io.strandline.retention.plan;

import io.strandline.catalog.work.Documents;
import io.strandline.catalog.work.Documents.Document;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps plans as documents of the catalog: the plan itself, and its items under the same id. */
@Component
final class PlanStore {

    private static final String PLAN = "retention-plan";
    private static final String ITEMS = "retention-plan-items";

    private final Documents documents;
    private final JsonMapper json;
    private final TimeOrderedIds ids;
    private final RetentionSettings settings;

    PlanStore(Documents documents, JsonMapper json, TimeOrderedIds ids, RetentionSettings settings) {
        this.documents = documents;
        this.json = json;
        this.ids = ids;
        this.settings = settings;
    }

    String newId() {
        return ids.next().toString();
    }

    void save(Plan plan, List<PlanItem> items) {
        saveItems(plan, items);
        documents.save(document(plan));
    }

    void saveItems(Plan plan, List<PlanItem> items) {
        String body = json.writeValueAsString(items);
        documents.save(new Document(ITEMS, plan.id(), null, ITEMS, plan.createdAt(), end(plan), body));
    }

    /** Replaces a plan if it is still in {@code expected}; false when somebody was faster. */
    boolean replace(Plan.State expected, Plan plan) {
        return documents.replace(expected.name(), document(plan));
    }

    /**
     * A plan by id.
     *
     * @throws StrandlineException {@code plan-not-found}
     */
    Plan plan(String id) {
        return find(id).orElseThrow(() -> new StrandlineException(
                ErrorCode.PLAN_NOT_FOUND,
                "There is no retention plan " + id + "; make one with POST /api/v1/retention-plans."));
    }

    Optional<Plan> find(String id) {
        return documents.document(PLAN, id).map(found -> json.readValue(found.body(), Plan.class));
    }

    List<PlanItem> items(String id) {
        return documents
                .document(ITEMS, id)
                .map(found -> List.of(json.readValue(found.body(), PlanItem[].class)))
                .orElse(List.of());
    }

    List<Plan> list(@Nullable String beforeId, int limit) {
        return documents.documents(PLAN, null, beforeId, limit).stream()
                .map(found -> json.readValue(found.body(), Plan.class))
                .toList();
    }

    void deleteOld(Instant now) {
        documents.deleteExpired(PLAN, now);
        documents.deleteExpired(ITEMS, now);
    }

    private Document document(Plan plan) {
        return new Document(
                PLAN, plan.id(), null, plan.state().name(), plan.createdAt(), end(plan), json.writeValueAsString(plan));
    }

    private Instant end(Plan plan) {
        return plan.createdAt().plus(settings.plansKept());
    }
}
