package io.jenkins.plugins.baton.fleet.report;

import io.jenkins.plugins.baton.fleet.report.DrillReport.Figures;

/** Makes {@link Figures} of values that are given by name: what is not given is 0, and the address did not move. */
public final class FiguresBuilder {
    private double outageMillis;
    private double outageSumMillis;
    private double resolutionMillis;
    private int attempts;
    private int failedConnects;
    private int slowConnects;
    private int longLived;
    private int longLivedLost;
    private String newHolder = "";
    private double newHolderMillis = -1;
    private double clockErrorMillis;
    private double backendsUpMillis;

    FiguresBuilder() {}

    public FiguresBuilder outageMillis(double outageMillis) {
        this.outageMillis = outageMillis;
        return this;
    }

    public FiguresBuilder outageSumMillis(double outageSumMillis) {
        this.outageSumMillis = outageSumMillis;
        return this;
    }

    public FiguresBuilder resolutionMillis(double resolutionMillis) {
        this.resolutionMillis = resolutionMillis;
        return this;
    }

    public FiguresBuilder attempts(int attempts) {
        this.attempts = attempts;
        return this;
    }

    public FiguresBuilder failedConnects(int failedConnects) {
        this.failedConnects = failedConnects;
        return this;
    }

    public FiguresBuilder slowConnects(int slowConnects) {
        this.slowConnects = slowConnects;
        return this;
    }

    public FiguresBuilder longLived(int longLived) {
        this.longLived = longLived;
        return this;
    }

    public FiguresBuilder longLivedLost(int longLivedLost) {
        this.longLivedLost = longLivedLost;
        return this;
    }

    public FiguresBuilder newHolder(String newHolder) {
        this.newHolder = newHolder;
        return this;
    }

    public FiguresBuilder newHolderMillis(double newHolderMillis) {
        this.newHolderMillis = newHolderMillis;
        return this;
    }

    public FiguresBuilder clockErrorMillis(double clockErrorMillis) {
        this.clockErrorMillis = clockErrorMillis;
        return this;
    }

    public FiguresBuilder backendsUpMillis(double backendsUpMillis) {
        this.backendsUpMillis = backendsUpMillis;
        return this;
    }

    public Figures build() {
        return new Figures(
                outageMillis,
                outageSumMillis,
                resolutionMillis,
                attempts,
                failedConnects,
                slowConnects,
                longLived,
                longLivedLost,
                newHolder,
                newHolderMillis,
                clockErrorMillis,
                backendsUpMillis);
    }
}
