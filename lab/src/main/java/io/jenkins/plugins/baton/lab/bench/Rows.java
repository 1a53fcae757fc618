package io.jenkins.plugins.baton.lab.bench;

import java.util.List;

/** What is measured under load, in the words of the page's rows. */
public final class Rows {
    public static final String REQUESTS_64 = "keep-alive requests/s, 64 connections";
    public static final String REQUESTS_256 = "keep-alive requests/s, 256 connections";
    public static final String CONNECTIONS = "connections/s, 8 clients";
    public static final String P50 = "6000 requests/s, open loop: p50, µs";
    public static final String P99 = "6000 requests/s, open loop: p99, µs";
    public static final String UP_1 = "upload, 1 stream, GB/s";
    public static final String DOWN_1 = "download, 1 stream, GB/s";
    public static final String UP_8 = "upload, 8 streams, GB/s";
    public static final String DOWN_8 = "download, 8 streams, GB/s";
    public static final String CPU_REQUEST = "CPU per request, balancer, µs";
    public static final String CPU_REQUEST_MACHINE = "CPU per request, whole machine, µs";
    public static final String CPU_CONNECTION = "CPU per connection, balancer, µs";
    public static final String CPU_CONNECTION_MACHINE = "CPU per connection, whole machine, µs";
    public static final String CPU_GIGABYTE = "CPU per GB, balancer, s";
    public static final String CPU_GIGABYTE_MACHINE = "CPU per GB, whole machine, s";
    public static final String MEMORY_IDLE = "memory, idle, MB";
    public static final String MEMORY_9000 = "memory, 9000 idle connections, MB";
    public static final String START = "start until it serves, ms";

    static final List<String> THROUGHPUT = List.of(REQUESTS_64, REQUESTS_256, CONNECTIONS, UP_1, DOWN_1, UP_8, DOWN_8);
    static final List<String> LATENCY = List.of(P50, P99);
    static final List<String> PROCESSOR = List.of(
            CPU_REQUEST,
            CPU_REQUEST_MACHINE,
            CPU_CONNECTION,
            CPU_CONNECTION_MACHINE,
            CPU_GIGABYTE,
            CPU_GIGABYTE_MACHINE);
    static final List<String> FOOTPRINT = List.of(MEMORY_IDLE, MEMORY_9000, START);

    private Rows() {}
}
