<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>Activity – Sluice</source>
        <translation>活動 – Sluice</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>All outcomes</source>
        <translation>所有結果</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全部時間</translation>
    </message>
    <message>
        <source>All tools</source>
        <translation>所有工具</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>圖表</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除篩選</translation>
    </message>
    <message>
        <source>Connect a tool…</source>
        <translation>連接工具…</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>複製詳情</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>匯出</translation>
    </message>
    <message>
        <source>Exported {rows} to “{file}”.</source>
        <translation>已將{rows}匯出到「{file}」。</translation>
    </message>
    <message>
        <source>Exporting: {rows} so far.</source>
        <translation>正在匯出：已寫入{rows}。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>匯出…</translation>
    </message>
    <message>
        <source>Find in activity</source>
        <translation>在活動中尋找</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No requests in this time.</source>
        <translation>這段時間沒有請求。</translation>
    </message>
    <message>
        <source>No requests yet.</source>
        <translation>還沒有請求。</translation>
    </message>
    <message>
        <source>Not exported: {why}</source>
        <translation>未能匯出：{why}</translation>
    </message>
    <message>
        <source>Nothing matches these filters.</source>
        <translation>沒有符合條件的記錄。</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>時段</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在讀取…</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>請求</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>啟動引擎</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未執行</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>What is shown is what was read before.</source>
        <translation>顯示的是先前讀取的內容。</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message>
        <source>in {tokens}</source>
        <translation>輸入 {tokens}</translation>
    </message>
    <message>
        <source>out {tokens}</source>
        <translation>輸出 {tokens}</translation>
    </message>
    <message numerus="yes">
        <source>{n} new requests</source>
        <translation>
            <numerusform>{n} 個新請求</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} requests</source>
        <translation>
            <numerusform>{n} 個請求</numerusform>
        </translation>
    </message>
    <message>
        <source>{tool}, {time}, request {id}</source>
        <translation>{tool}，{time}，請求 {id}</translation>
    </message>
</context>
</TS>
