package io.strandline.security.door;

import io.strandline.catalog.ApiKey.Role;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.security.Identity;
import io.strandline.security.route.Route;
import io.strandline.security.route.Route.Reach;
import io.strandline.security.route.RouteTable;
import io.strandline.security.route.RouteTable.Match;
import io.strandline.web.JobScope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Looks up in the table what a request needs, and compares it with who sends it. */
final class RouteAuthorization implements AuthorizationManager<RequestAuthorizationContext> {

    private static final AuthorizationResult YES = new AuthorizationDecision(true);
    private static final AuthorizationResult NOBODY = new AuthorizationDecision(false);

    private final RouteTable routes;

    RouteAuthorization(RouteTable routes) {
        this.routes = routes;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        PathContainer path = RequestPath.parse(request.getRequestURI(), request.getContextPath())
                .pathWithinApplication();
        Optional<Match> match = routes.match(request.getMethod(), path);
        if (match.filter(found -> found.route().isPublic()).isPresent()) {
            return YES;
        }
        Authentication sender = authentication.get();
        if (sender == null || !(sender.getPrincipal() instanceof Identity who)) {
            return NOBODY;
        }
        Optional<Problem> refusal = match.isPresent()
                ? refusal(who, match.get())
                : refusal(who, request.getMethod() + " " + request.getRequestURI(), routes.methods(path));
        return refusal.<AuthorizationResult>map(Refused::new).orElse(YES);
    }

    private static Optional<Problem> refusal(Identity who, Match match) {
        Route route = match.route();
        Role needed = route.role();
        if (needed != null && !who.role().covers(needed)) {
            return Optional.of(Problem.of(
                    ErrorCode.FORBIDDEN,
                    "%s needs the role %s; you are %s.".formatted(route, lower(needed), lower(who.role()))));
        }
        JobScope jobs = who.jobs();
        if (route.reach() == Reach.SERVER && !jobs.isEverything()) {
            return Optional.of(Problem.of(
                    ErrorCode.FORBIDDEN,
                    route + " is about the whole server; your key is for the jobs " + String.join(", ", jobs.names())
                            + " only."));
        }
        String job = match.job();
        return route.reach() == Reach.JOB && (job == null || !jobs.covers(job))
                ? Optional.of(Problem.of(
                        ErrorCode.FORBIDDEN,
                        "Your key is for the jobs " + String.join(", ", jobs.names()) + " only; this is job '" + job
                                + "'."))
                : Optional.empty();
    }

    /** What is in no row is for admins; others are told what they would be told if it did not exist. */
    private static Optional<Problem> refusal(Identity who, String call, List<String> methods) {
        if (who.role() == Role.ADMIN && who.jobs().isEverything()) {
            return Optional.empty();
        }
        return Optional.of(
                methods.isEmpty()
                        ? Problem.of(ErrorCode.NOT_FOUND, "Nothing that you may see is at " + call + ".")
                        : Problem.of(
                                ErrorCode.METHOD_NOT_ALLOWED,
                                "There is no " + call + "; use " + String.join(" or ", methods) + "."));
    }

    private static String lower(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
