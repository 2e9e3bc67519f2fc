package io.strandline.security.route;

import io.strandline.catalog.ApiKey.Role;
import io.strandline.security.route.Route.Reach;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which role each route needs; a route that is not here is for admins alone, and fails the build. */
public final class RouteTable {

    /** Method, path, role, and what it is about; shown in docs/security.md as it stands here. */
    static final String ROWS = """
            GET    /actuator/health/liveness                                    public   any
            GET    /actuator/health/readiness                                   public   any
            GET    /                                                            viewer   any
            GET    /swagger-ui.html                                             viewer   any
            GET    /swagger-ui/**                                               viewer   any
            GET    /v3/api-docs                                                 viewer   any
            GET    /v3/api-docs.yaml                                            viewer   any
            GET    /v3/api-docs/swagger-config                                  viewer   any
            *      /error                                                       viewer   any
            GET    /actuator                                                    viewer   any
            GET    /actuator/info                                               viewer   any
            GET    /actuator/health                                             viewer   server
            GET    /actuator/health/**                                          viewer   server
            GET    /actuator/metrics                                            viewer   server
            GET    /actuator/metrics/{requiredMetricName}                       viewer   server
            GET    /actuator/prometheus                                         viewer   server
            GET    /actuator/sbom                                               viewer   server
            GET    /actuator/sbom/{id}                                          viewer   server
            GET    /api/v1/problems/{code}                                      viewer   any
            GET    /api/v1/pipelines/schema                                     viewer   any
            POST   /api/v1/pipelines/validate                                   operator any
            GET    /api/v1/jobs                                                 viewer   own
            POST   /api/v1/jobs                                                 operator own
            GET    /api/v1/jobs/{job}                                           viewer   job
            DELETE /api/v1/jobs/{job}                                           admin    job
            POST   /api/v1/jobs/{job}/undelete                                  operator job
            GET    /api/v1/jobs/{job}/instances                                 viewer   job
            GET    /api/v1/jobs/{job}/pipeline                                  viewer   job
            PUT    /api/v1/jobs/{job}/pipeline                                  operator job
            GET    /api/v1/jobs/{job}/pipeline/versions/{n}                     viewer   job
            POST   /api/v1/jobs/{job}/start                                     operator job
            POST   /api/v1/jobs/{job}/stop                                      operator job
            POST   /api/v1/jobs/{job}/sources/{source}/records                  operator job
            GET    /api/v1/jobs/{job}/dead-letters                              viewer   job
            GET    /api/v1/jobs/{job}/topology                                  viewer   job
            GET    /api/v1/jobs/{job}/growth                                    viewer   job
            GET    /api/v1/jobs/{job}/events                                    viewer   job
            GET    /api/v1/jobs/{job}/checkpoints                               viewer   job
            GET    /api/v1/jobs/{job}/checkpoints/{n}                           viewer   job
            GET    /api/v1/jobs/{job}/state                                     viewer   job
            GET    /api/v1/jobs/{job}/state/{operator}/{state}                  viewer   job
            GET    /api/v1/jobs/{job}/snapshots                                 viewer   job
            POST   /api/v1/jobs/{job}/snapshots                                 operator job
            POST   /api/v1/jobs/{job}/snapshots/import                          admin    job
            GET    /api/v1/jobs/{job}/snapshots/{rev}                           viewer   job
            PATCH  /api/v1/jobs/{job}/snapshots/{id}                            operator job
            DELETE /api/v1/jobs/{job}/snapshots/{id}                            admin    job
            POST   /api/v1/jobs/{job}/snapshots/{id}/undelete                   operator job
            GET    /api/v1/jobs/{job}/snapshots/{rev}/lineage                   viewer   job
            GET    /api/v1/jobs/{job}/snapshots/{rev}/retention                 viewer   job
            GET    /api/v1/jobs/{job}/snapshots/{rev}/manifest                  viewer   job
            GET    /api/v1/jobs/{job}/snapshots/{rev}/files                     viewer   job
            GET    /api/v1/jobs/{job}/snapshots/{rev}/state                     viewer   job
            GET    /api/v1/jobs/{job}/snapshots/{rev}/state/{operator}/{state}  viewer   job
            POST   /api/v1/jobs/{job}/snapshots/{rev}/verify                    operator job
            GET    /api/v1/jobs/{job}/snapshots/{rev}/export                    operator job
            GET    /api/v1/jobs/{job}/snapshots/{id}/holds                      viewer   job
            POST   /api/v1/jobs/{job}/snapshots/{id}/holds                      operator job
            DELETE /api/v1/jobs/{job}/snapshots/{id}/holds/{hold}               operator job
            GET    /api/v1/jobs/{job}/diffs                                     viewer   job
            POST   /api/v1/jobs/{job}/diffs                                     operator job
            GET    /api/v1/jobs/{job}/diffs/{id}                                viewer   job
            GET    /api/v1/jobs/{job}/diffs/{id}/entries                        viewer   job
            GET    /api/v1/jobs/{job}/tags                                      viewer   job
            GET    /api/v1/jobs/{job}/tags/{name}                               viewer   job
            PUT    /api/v1/jobs/{job}/tags/{name}                               operator job
            DELETE /api/v1/jobs/{job}/tags/{name}                               operator job
            GET    /api/v1/jobs/{job}/branches                                  viewer   job
            POST   /api/v1/jobs/{job}/branches                                  operator job
            GET    /api/v1/jobs/{job}/branches/{branch}                         viewer   job
            PATCH  /api/v1/jobs/{job}/branches/{branch}                         operator job
            DELETE /api/v1/jobs/{job}/branches/{branch}                         admin    job
            POST   /api/v1/jobs/{job}/branches/{branch}/undelete                operator job
            GET    /api/v1/jobs/{job}/branches/{branch}/reflog                  viewer   job
            POST   /api/v1/jobs/{job}/restore                                   admin    job
            POST   /api/v1/jobs/{job}/fast-forward                              admin    job
            POST   /api/v1/jobs/{job}/promote                                   admin    job
            POST   /api/v1/jobs/{job}/undo                                      admin    job
            GET    /api/v1/jobs/{job}/retention-policy                          viewer   job
            PUT    /api/v1/jobs/{job}/retention-policy                          admin    job
            DELETE /api/v1/jobs/{job}/retention-policy                          admin    job
            GET    /api/v1/retention-policy                                     viewer   server
            PUT    /api/v1/retention-policy                                     admin    server
            DELETE /api/v1/retention-policy                                     admin    server
            GET    /api/v1/retention-plans                                      viewer   server
            POST   /api/v1/retention-plans                                      operator server
            GET    /api/v1/retention-plans/{id}                                 viewer   server
            GET    /api/v1/retention-plans/{id}/items                           viewer   server
            POST   /api/v1/retention-plans/{id}/apply                           admin    server
            GET    /api/v1/trash                                                viewer   server
            POST   /api/v1/trash/purge                                          admin    server
            GET    /api/v1/gc/runs                                              viewer   server
            POST   /api/v1/gc/runs                                              admin    server
            GET    /api/v1/gc/quarantine                                        viewer   server
            POST   /api/v1/gc/quarantine/{file}/restore                         admin    server
            GET    /api/v1/verification-campaign                                viewer   server
            PUT    /api/v1/verification-campaign                                admin    server
            GET    /api/v1/storage/usage                                        viewer   server
            GET    /api/v1/server                                               viewer   server
            GET    /api/v1/operations                                           viewer   own
            GET    /api/v1/operations/{id}                                      viewer   own
            POST   /api/v1/operations/{id}/cancel                               operator own
            GET    /api/v1/audit                                                viewer   server
            GET    /api/v1/audit/verify                                         operator server
            GET    /api/v1/events                                               viewer   server
            GET    /api/v1/webhooks                                             viewer   server
            GET    /api/v1/api-keys                                             admin    server
            POST   /api/v1/api-keys                                             admin    server
            GET    /api/v1/api-keys/{id}                                        admin    server
            DELETE /api/v1/api-keys/{id}                                        admin    server
            POST   /api/v1/api-keys/{id}/rotate                                 admin    server
            """;

    private static final int COLUMNS = 4;

    private final List<Row> rows;

    /** The table as it is written down here. */
    public RouteTable() {
        PathPatternParser parser = new PathPatternParser();
        rows = ROWS.lines()
                .map(RouteTable::route)
                .map(route -> new Row(route, parser.parse(route.pattern())))
                .sorted(Comparator.comparing(Row::path))
                .toList();
    }

    /**
     * What a request is for.
     *
     * @param job the name of the job in its path, null when there is none
     */
    public record Match(Route route, @Nullable String job) {}

    /** A row with its pattern ready to be compared. */
    private record Row(Route route, PathPattern path) {

        boolean takes(String method) {
            return route.method().equals("*") || route.method().equals(method);
        }
    }

    /** Every row. */
    public List<Route> routes() {
        return rows.stream().map(Row::route).toList();
    }

    /** The row of a request, the most specific if there are several; HEAD is as GET. */
    public Optional<Match> match(String method, PathContainer path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        return rows.stream()
                .filter(row -> row.takes(wanted) && row.path().matches(path))
                .findFirst()
                .map(row -> new Match(row.route(), job(row.path(), path)));
    }

    /** The methods that a path has rows for. */
    public List<String> methods(PathContainer path) {
        TreeSet<String> methods = new TreeSet<>();
        rows.stream()
                .filter(row -> row.path().matches(path))
                .forEach(row -> methods.add(row.route().method()));
        return List.copyOf(methods);
    }

    private static @Nullable String job(PathPattern pattern, PathContainer path) {
        PathPattern.PathMatchInfo found = pattern.matchAndExtract(path);
        return found == null ? null : found.getUriVariables().get("job");
    }

    private static Route route(String line) {
        String[] cells = line.split(" +");
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells: " + line);
        }
        @Nullable Role role = cells[2].equals("public") ? null : Role.valueOf(cells[2].toUpperCase(Locale.ROOT));
        return new Route(cells[0], cells[1], role, Reach.valueOf(cells[3].toUpperCase(Locale.ROOT)));
    }
}
