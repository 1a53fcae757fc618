// The keys of a chart with a dataZoom: arrows move, plus and minus zoom, 0 shows all.
window.batonZoomByKey = function (chart, event) {
    'use strict';
    var zoom = chart.getOption().dataZoom[0];
    var width = zoom.end - zoom.start, from = zoom.start, to = zoom.end;
    switch (event.key) {
        case 'ArrowLeft': from -= width / 5; to -= width / 5; break;
        case 'ArrowRight': from += width / 5; to += width / 5; break;
        case '+': case '=': from += width / 5; to -= width / 5; break;
        case '-': from -= width / 3; to += width / 3; break;
        case '0': from = 0; to = 100; break;
        default: return;
    }
    event.preventDefault();
    if (from < 0) { to = Math.min(100, to - from); from = 0; }
    if (to > 100) { from = Math.max(0, from - (to - 100)); to = 100; }
    chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, start: from, end: to });
};
