package io.strandline.inspect.web;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls that tests about differences make again and again. */
record DiffCalls(JobCalls jobs) {

    /** Compares two versions; {@code more} is an object of further fields. */
    ValidatableResponse diff(String job, int from, int to, String more) {
        String fields = more.substring(1, more.length() - 1);
        String body = "{\"from\": %d, \"to\": %d%s}"
                .formatted(from, to, fields.isEmpty() ? ", \"samples\": 2" : ", " + fields);
        return jobs.post(job, "diffs", body);
    }

    /** Compares two versions that can be compared at once. */
    JsonPath made(String job, int from, int to) {
        return diff(job, from, to, "{}").statusCode(201).extract().jsonPath();
    }

    /** All entries of a diff, read in pages of {@code limit}. */
    List<Map<String, Object>> entries(String job, String id, int limit) {
        List<Map<String, Object>> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            JsonPath page = jobs.get(
                    job, "/diffs/" + id + "/entries?limit=" + limit + (cursor == null ? "" : "&cursor=" + cursor));
            all.addAll(page.getList("items"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return all;
    }

    /** What a version holds under a key. */
    Map<String, Object> value(String job, int version, Object key) {
        return jobs.get(job, "/snapshots/" + version + "/state/by-key/aggregates?key=" + key)
                .getMap("value");
    }
}
