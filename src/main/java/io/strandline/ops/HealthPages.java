package io.strandline.ops;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointWebExtension;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.registry.HealthContributorRegistry;

/** Health by part. What is asked for below a part that there is not is answered 404; Spring Boot's own page fails at it. */
public final class HealthPages extends HealthEndpointWebExtension {

    private final HealthContributors parts;
    private final HealthEndpointGroups groups;

    /** @param slow from when on a part that takes long to look at is logged */
    public HealthPages(HealthContributorRegistry parts, HealthEndpointGroups groups, Duration slow) {
        super(parts, null, groups, slow);
        this.parts = parts;
        this.groups = groups;
    }

    @Override
    public WebEndpointResponse<HealthDescriptor> health(
            ApiVersion apiVersion,
            @Nullable WebServerNamespace serverNamespace,
            SecurityContext securityContext,
            boolean showAll,
            String... path) {
        return leadsSomewhere(path)
                ? super.health(apiVersion, serverNamespace, securityContext, showAll, path)
                : new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
    }

    private boolean leadsSomewhere(String... path) {
        HealthContributors level = parts;
        for (int step = path.length > 0 && groups.get(path[0]) != null ? 1 : 0; step < path.length - 1; step++) {
            HealthContributor part = level.getContributor(path[step]);
            if (!(part instanceof CompositeHealthContributor composite)) {
                return false;
            }
            level = composite;
        }
        return true;
    }
}
