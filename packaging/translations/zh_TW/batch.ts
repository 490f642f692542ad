<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>All rows</source>
        <translation>所有列</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answer length</source>
        <translation>回答長度</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Batch – Sluice</source>
        <translation>批次 – Sluice</translation>
    </message>
    <message>
        <source>Cancel job</source>
        <translation>取消工作</translation>
    </message>
    <message>
        <source>Cancel “{name}”?</source>
        <translation>取消「{name}」？</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在計算…</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>費用</translation>
    </message>
    <message>
        <source>Count a sample exactly</source>
        <translation>精確計數樣本</translation>
    </message>
    <message>
        <source>Detailed</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>完成時間</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>複製工作</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>編輯文字</translation>
    </message>
    <message>
        <source>Exported.</source>
        <translation>已匯出。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>匯出…</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Fewer fields</source>
        <translation>收合</translation>
    </message>
    <message>
        <source>First call as it will be sent</source>
        <translation>將要送出的第一個請求</translation>
    </message>
    <message>
        <source>For tables: text with {example} where a cell goes</source>
        <translation>表格用：在儲存格處寫 {example}</translation>
    </message>
    <message>
        <source>In</source>
        <translation>輸入</translation>
    </message>
    <message>
        <source>It continues when the engine runs.</source>
        <translation>引擎執行後繼續。</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>JSON schema</source>
        <translation>JSON schema</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>工作</translation>
    </message>
    <message>
        <source>Limited by</source>
        <translation>受限於</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More fields</source>
        <translation>更多設定</translation>
    </message>
    <message>
        <source>Most tokens</source>
        <translation>最多 token</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>No jobs yet.</source>
        <translation>還沒有工作。</translation>
    </message>
    <message>
        <source>No template</source>
        <translation>不用範本</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>開啟檔案…</translation>
    </message>
    <message>
        <source>Open full preview</source>
        <translation>開啟完整預覽</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>輸出</translation>
    </message>
    <message>
        <source>Paste prompts, one a line, or drop a file.</source>
        <translation>貼上提示詞，每行一條，或拖入檔案。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暫停</translation>
    </message>
    <message>
        <source>Paused by you</source>
        <translation>你已暫停</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示詞</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示詞</translation>
    </message>
    <message numerus="yes">
        <source>Re-run {n} failed</source>
        <translation>
            <numerusform>重試 {n} 個失敗</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>刪除</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>刪除「{name}」？</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>刪除…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重新命名…</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>報告</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>請求</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Rows a call</source>
        <translation>每次列數</translation>
    </message>
    <message>
        <source>Rows as they will be sent</source>
        <translation>將要傳送的列</translation>
    </message>
    <message>
        <source>Rows shown</source>
        <translation>顯示的列</translation>
    </message>
    <message>
        <source>Sending the rows to the engine…</source>
        <translation>正在把列交給引擎…</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>簡短</translation>
    </message>
    <message>
        <source>Show rows</source>
        <translation>顯示列</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message numerus="yes">
        <source>Start {n} rows</source>
        <translation>
            <numerusform>開始 {n} 列</numerusform>
        </translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation>停止於</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系統提示詞</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>範本</translation>
    </message>
    <message>
        <source>Texts that end an answer, one a line</source>
        <translation>結束回答的文字，每行一條</translation>
    </message>
    <message>
        <source>The file is larger than 200 MB; split it.</source>
        <translation>檔案大於 200 MB，請拆分。</translation>
    </message>
    <message>
        <source>The schema is not a JSON object.</source>
        <translation>schema 不是 JSON 物件。</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>輸入 token</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等候</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>about 1,500 tokens</source>
        <translation>約 1,500 token</translation>
    </message>
    <message>
        <source>about 300 tokens</source>
        <translation>約 300 token</translation>
    </message>
    <message>
        <source>about 60 tokens</source>
        <translation>約 60 token</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation>
            <numerusform>另有 {n} 項</numerusform>
        </translation>
    </message>
    <message>
        <source>estimated now, {time}, with what your tools use at present</source>
        <translation>{time} 估算，已計入你的工具目前的用量</translation>
    </message>
    <message numerus="yes">
        <source>free, {n} rows</source>
        <translation>
            <numerusform>免費，{n} 列</numerusform>
        </translation>
    </message>
    <message>
        <source>{encoding}, guessed</source>
        <translation>{encoding}（推測）</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}</source>
        <translation>無法讀取 {file}：{reason}</translation>
    </message>
    <message numerus="yes">
        <source>{n} rows and their answers are forgotten.</source>
        <translation>
            <numerusform>{n} 列及其回答將被刪除。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows will not be answered; answers that came are kept.</source>
        <translation>
            <numerusform>{n} 列將不會有回答；已有的回答會保留。</numerusform>
        </translation>
    </message>
</context>
</TS>
