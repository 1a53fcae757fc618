package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.health.CheckStatus;
import io.jenkins.plugins.baton.agent.plane.BackendHealth;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Instant;
import java.util.List;

/** A frontend whose backends are what a test says; it counts nothing. */
public final class TestFrontend implements FrontendView {
    private final Frontend configuration;
    private final List<TestBackend> backends;

    public TestFrontend(Frontend configuration) {
        this.configuration = configuration;
        this.backends = configuration.backends().stream().map(TestBackend::new).toList();
    }

    /** Makes this the health of a backend, counted from zero. */
    public void set(int backend, Health health) {
        backends.get(backend).health = health;
    }

    @Override
    public Frontend configuration() {
        return configuration;
    }

    @Override
    public List<TestBackend> backends() {
        return backends;
    }

    @Override
    public PlaneChoice plane() {
        return new PlaneChoice(PlaneChoice.KERNEL, "a test says so");
    }

    @Override
    public long sessions() {
        return 0;
    }

    @Override
    public long sessionsMax() {
        return 0;
    }

    @Override
    public long sessionsTotal() {
        return 0;
    }

    @Override
    public double sessionRate() {
        return 0;
    }

    @Override
    public long bytesIn() {
        return 0;
    }

    @Override
    public long bytesOut() {
        return 0;
    }

    @Override
    public long connectErrors() {
        return 0;
    }

    @Override
    public long redispatches() {
        return 0;
    }

    @Override
    public long refused() {
        return 0;
    }

    public final class TestBackend implements BackendView {
        private final Backend backend;
        private Health health = Health.UP;
        private boolean drained;

        TestBackend(Backend backend) {
            this.backend = backend;
        }

        @Override
        public String frontend() {
            return configuration.name();
        }

        @Override
        public Backend configuration() {
            return backend;
        }

        @Override
        public BackendHealth healthNow() {
            return new BackendHealth(drained && health != Health.DOWN ? Health.DRAIN : health, Instant.EPOCH);
        }

        @Override
        public CheckStatus check() {
            return CheckStatus.unchecked(Instant.EPOCH);
        }

        @Override
        public int weight() {
            return backend.weight();
        }

        @Override
        public long sessions() {
            return 0;
        }

        @Override
        public long sessionsTotal() {
            return 0;
        }

        @Override
        public long bytesIn() {
            return 0;
        }

        @Override
        public long bytesOut() {
            return 0;
        }

        @Override
        public long connectErrors() {
            return 0;
        }

        @Override
        public void drain(String reason) {
            drained = true;
        }

        @Override
        public boolean drained() {
            return drained;
        }

        @Override
        public void enable(String reason) {
            drained = false;
        }

        @Override
        public void setWeight(int weight) {
            throw new UnsupportedOperationException("weights of a test stay");
        }
    }
}
