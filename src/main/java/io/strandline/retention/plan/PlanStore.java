package io.strandline.retention.plan;

import io.strandline.catalog.work.Documents;
import io.strandline.catalog.work.Documents.Document;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps plans as documents of the catalog: the plan itself, and its items, so many a document, under its id and their place. */
@Component
final class PlanStore {

    private static final String PLAN = "retention-plan";
    private static final String ITEMS = "retention-plan-items";
    private static final int ITEMS_A_DOCUMENT = 500;

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
        for (int from = 0; from < items.size(); from += ITEMS_A_DOCUMENT) {
            String body = json.writeValueAsString(items.subList(from, Math.min(items.size(), from + ITEMS_A_DOCUMENT)));
            documents.save(new Document(ITEMS, place(plan.id(), from), null, ITEMS, plan.createdAt(), end(plan), body));
        }
    }

    /** The document that holds an item. */
    private static String place(String plan, int item) {
        return plan + String.format(Locale.ROOT, "-%07d", item / ITEMS_A_DOCUMENT);
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

    /**
     * All items of a plan.
     *
     * @throws StrandlineException {@code plan-stale} when they are not all there: then the plan would do less than it says
     */
    List<PlanItem> items(Plan plan) {
        List<PlanItem> items = items(plan.id(), 0, Integer.MAX_VALUE);
        if (items.size() != plan.expiring()) {
            throw new StrandlineException(
                    ErrorCode.PLAN_STALE,
                    "Plan " + plan.id() + " has " + plan.expiring() + " items, of which " + items.size()
                            + " are there; make a new one.");
        }
        return items;
    }

    /** A plan's items from one on; reads no more than the documents that they are in. */
    List<PlanItem> items(String id, int from, int limit) {
        List<PlanItem> items = new ArrayList<>();
        int at = from;
        boolean more = true;
        while (more && items.size() < limit) {
            List<PlanItem> some = part(id, at);
            some.stream()
                    .skip(at % ITEMS_A_DOCUMENT)
                    .limit(limit - items.size())
                    .forEach(items::add);
            at += ITEMS_A_DOCUMENT - at % ITEMS_A_DOCUMENT;
            more = some.size() == ITEMS_A_DOCUMENT;
        }
        return items;
    }

    private List<PlanItem> part(String id, int item) {
        return documents
                .document(ITEMS, place(id, item))
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
