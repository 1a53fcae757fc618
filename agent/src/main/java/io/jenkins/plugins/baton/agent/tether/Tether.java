package io.jenkins.plugins.baton.agent.tether;
final class Tether { static final int LONGEST_OFFER = 1000; private Tether() {} }
