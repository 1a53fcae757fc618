package io.jenkins.plugins.baton.lab.soak;

/** What is measured of each node all the time, and must not grow. */
enum Quantity {
    MEMORY("memory of the agent (RSS), MB", 2),
    DESCRIPTORS("open files of the agent", 5),
    THREADS("threads of the agent", 2),
    TRACKED("tracked connections of the host", 20),
    ELEMENTS("elements in the rules of nftables", 2),
    /** Less than an advertisement interval, with which a busy machine comes and goes. */
    LATENESS("largest lateness of the VRRP timer in the last minute, ms", 100);

    private final String title;
    private final double negligible;

    /** @param negligible a rise of so much says nothing, even where there is no noise */
    Quantity(String title, double negligible) {
        this.title = title;
        this.negligible = negligible;
    }

    String title() {
        return title;
    }

    double negligible() {
        return negligible;
    }
}
