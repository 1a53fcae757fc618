package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.bench.idle.IdleRows;
import io.jenkins.plugins.baton.lab.bench.load.Candidates;
import io.jenkins.plugins.baton.lab.experiment.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What Baton set out to reach, and whether it does: medians, and their ratios to haproxy's or keepalived's. */
final class Goals {
    private final Samples samples;
    private final List<String> lines = new ArrayList<>(List.of("| | goal | measured | |", "|---|---:|---:|---|"));

    Goals(Samples samples) {
        this.samples = samples;
    }

    @Override
    public String toString() {
        kernelPlane();
        proxyPlane();
        failover();
        idle();
        most("memory, 9000 idle proxied connections, MB", 66, value(Rows.MEMORY_9000, Candidates.PROXY));
        most("start until it serves, ms", 600, value(Rows.START, Candidates.PROXY));
        return String.join("\n", lines);
    }

    private void kernelPlane() {
        least("kernel plane, to haproxy: requests/s", 1.5, toHaproxy(Rows.REQUESTS_64, Candidates.KERNEL));
        least("connections/s", 1.7, toHaproxy(Rows.CONNECTIONS, Candidates.KERNEL));
        most("p99 at 6000 requests/s", 0.7, toHaproxy(Rows.P99, Candidates.KERNEL));
        most("CPU per request in the agents", 0.05, toHaproxy(Rows.CPU_REQUEST, Candidates.KERNEL));
        least(
                "kernel plane, to no balancer and a backend that tracks connections: requests/s",
                1.0,
                ratio(Rows.REQUESTS_64, Candidates.KERNEL, Candidates.TRACKED));
        least("connections/s", 0.92, ratio(Rows.CONNECTIONS, Candidates.KERNEL, Candidates.TRACKED));
    }

    private void proxyPlane() {
        least(
                "proxy plane, to haproxy: requests/s at 64 connections",
                1.0,
                toHaproxy(Rows.REQUESTS_64, Candidates.PROXY));
        least("requests/s at 256 connections", 1.0, toHaproxy(Rows.REQUESTS_256, Candidates.PROXY));
        least("connections/s", 0.95, toHaproxy(Rows.CONNECTIONS, Candidates.PROXY));
        most("CPU per request", 1.0, toHaproxy(Rows.CPU_REQUEST, Candidates.PROXY));
        most("CPU per connection", 1.15, toHaproxy(Rows.CPU_CONNECTION, Candidates.PROXY));
        most("p99 at 6000 requests/s", 1.5, toHaproxy(Rows.P99, Candidates.PROXY));
        least("download, 1 stream", 1.3, toHaproxy(Rows.DOWN_1, Candidates.PROXY));
        least(
                "the same, to haproxy with 128 KB buffers",
                1.0,
                ratio(Rows.DOWN_1, Candidates.PROXY, Candidates.HAPROXY_BIG));
        most("CPU per GB", 0.6, toHaproxy(Rows.CPU_GIGABYTE, Candidates.PROXY));
    }

    private void failover() {
        for (String plane : List.of(Stacks.KERNEL, Stacks.PROXY)) {
            String handover = Fault.HANDOVER.title();
            most(
                    plane + ", planned handover: sessions lost of " + Failover.SESSIONS,
                    0,
                    value("lost: " + handover, plane));
            most("connects failed", 0, value("failed: " + handover, plane));
            most("graceful stop: longest outage, ms", 20, value("outage, ms: " + Fault.STOP.title(), plane));
            most(
                    "agent killed: longest outage, ms",
                    plane.equals(Stacks.KERNEL) ? 20 : 60,
                    value("outage, ms: " + Fault.KILL.title(), plane));
            most("link down: longest outage, ms", 370, value("outage, ms: " + Fault.LINK_DOWN.title(), plane));
            most(
                    "link down, to keepalived at 100 ms",
                    1.0,
                    ratio("outage, ms: " + Fault.LINK_DOWN.title(), plane, Stacks.FAST));
            most(
                    "one of two backends refuses: connects failed",
                    0,
                    value("failed: " + Fault.BACKEND_DOWN.title(), plane));
            most("slowest, ms", 1100, value("slowest, ms: " + Fault.BACKEND_DOWN.title(), plane));
        }
        FalseFailovers.INTERVALS.forEach(
                millis -> most(FalseFailovers.row(millis), 0, value(FalseFailovers.row(millis), FalseFailovers.BATON)));
    }

    private void idle() {
        String first = idle("1", IdleRows.CPU);
        String tenth = idle("10", IdleRows.CPU);
        most(
                "idle node with VIP after 10 minutes, to haproxy + keepalived: CPU",
                1.0,
                ratio(tenth, IdleRows.BATON, IdleRows.REFERENCE));
        most("CPU, ms/s", 4, value(tenth, IdleRows.BATON));
        most("CPU in the first minute, to haproxy + keepalived", 3.0, ratio(first, IdleRows.BATON, IdleRows.REFERENCE));
        most("memory (RSS), MB", 56, value(idle("10", IdleRows.RSS), IdleRows.BATON));
    }

    private static String idle(String minutes, String metric) {
        return IdleRows.row(IdleRows.SMALL, IdleRows.HOLDER, minutes, metric);
    }

    private double toHaproxy(String what, String who) {
        return ratio(what, who, Candidates.HAPROXY);
    }

    private double ratio(String what, String who, String base) {
        return value(what, who) / value(what, base);
    }

    private double value(String what, String who) {
        return samples.spread(what, who).map(Spread::median).orElse(Double.NaN);
    }

    private void least(String label, double goal, double measured) {
        line(label, "≥ " + number(goal), measured, measured >= goal);
    }

    private void most(String label, double goal, double measured) {
        line(label, goal == 0 ? "0" : "≤ " + number(goal), measured, measured <= goal);
    }

    private void line(String label, String goal, double measured, boolean met) {
        if (!Double.isNaN(measured)) {
            lines.add("| " + label + " | " + goal + " | " + number(measured) + " | " + (met ? "met" : "**missed**")
                    + " |");
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) || value >= 10
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
