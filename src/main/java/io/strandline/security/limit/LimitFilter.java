package io.strandline.security.limit;

import io.strandline.problem.StrandlineException;
import io.strandline.security.SecuritySettings.Limits;
import io.strandline.web.Caller;
import io.strandline.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses what is beyond a known caller's share. A stream counts until it has begun: it holds no thread after that. */
public final class LimitFilter extends OncePerRequestFilter {

    private final FairShares shares;
    private final ProblemWriter problems;

    public LimitFilter(Limits limits, ProblemWriter problems) {
        this.shares = new FairShares(limits, System::nanoTime);
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> caller = Caller.authenticated(request);
        if (caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            shares.enter(caller.get());
        } catch (StrandlineException refused) {
            problems.write(refused.problem(), request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            shares.leave(caller.get());
        }
    }
}
