package io.strandline.security.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.ServerTests;
import io.strandline.security.route.RouteTable.Match;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** A route without a row, or a row without a route, fails here. */
class RouteTableTests extends ServerTests {

    /** Rows of what is mapped by other means than a controller's method. */
    private static final Set<String> OTHERWISE_MAPPED =
            Set.of("GET /", "GET /swagger-ui/**", "GET /actuator/health/liveness", "GET /actuator/health/readiness");

    @Autowired
    private Collection<RequestMappingInfoHandlerMapping> mappings;

    private final RouteTable table = new RouteTable();

    @Test
    void hasARowForEveryMappedRouteAndNoOther() {
        Set<String> rows = table.routes().stream()
                .map(Route::toString)
                .filter(row -> !OTHERWISE_MAPPED.contains(row))
                .map(RouteTableTests::withoutNames)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> mapped = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(RouteTableTests::routes)
                .map(RouteTableTests::withoutNames)
                .filter(route -> !route.contains("/probe"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(mapped).hasSizeGreaterThan(90);
        assertThat(rows).isEqualTo(mapped);
    }

    @Test
    void isShownInTheDocumentation() {
        assertThat(Path.of("docs/security.md")).content().contains("```\n" + RouteTable.ROWS + "```");
    }

    @Test
    void findsTheMostSpecificRowAndTheJob() {
        assertThat(match("POST", "/api/v1/jobs/flights/snapshots/import"))
                .isEqualTo("POST /api/v1/jobs/{job}/snapshots/import of flights");
        assertThat(match("GET", "/api/v1/jobs/flights/snapshots/main~1"))
                .isEqualTo("GET /api/v1/jobs/{job}/snapshots/{rev} of flights");
        assertThat(match("HEAD", "/api/v1/jobs/a%2Db")).isEqualTo("GET /api/v1/jobs/{job} of a-b");
        assertThat(match("GET", "/actuator/health/readiness")).isEqualTo("GET /actuator/health/readiness of null");
    }

    @Test
    void findsNothingForWhatIsNotThere() {
        assertThat(table.match("GET", PathContainer.parsePath("/actuator/heapdump")))
                .isEmpty();
        assertThat(table.match("DELETE", PathContainer.parsePath("/api/v1/jobs")))
                .isEmpty();
        assertThat(table.match("GET", PathContainer.parsePath("/api/v1/jobs/"))).isEmpty();
        assertThat(table.methods(PathContainer.parsePath("/api/v1/jobs"))).containsExactly("GET", "POST");
    }

    private String match(String method, String path) {
        Match found = table.match(method, PathContainer.parsePath(path)).orElseThrow();
        return found.route() + " of " + found.job();
    }

    private static Stream<String> routes(RequestMappingInfo mapping) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        Stream<String> names =
                methods.isEmpty() ? Stream.of("*") : methods.stream().map(RequestMethod::name);
        return names.flatMap(method -> mapping.getPatternValues().stream().map(pattern -> method + " " + pattern));
    }

    private static String withoutNames(String route) {
        return route.replaceAll("\\{\\*?[^}]*}", "{}").replaceAll("/\\*\\*$", "/{}");
    }
}
