<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>All rows</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answer length</source>
        <translation>回答长度</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Batch – Sluice</source>
        <translation>批处理 – Sluice</translation>
    </message>
    <message>
        <source>Cancel job</source>
        <translation>取消任务</translation>
    </message>
    <message>
        <source>Cancel “{name}”?</source>
        <translation>取消“{name}”？</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Count a sample exactly</source>
        <translation>精确计数样本</translation>
    </message>
    <message>
        <source>Detailed</source>
        <translation>详细</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制任务</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>编辑文本</translation>
    </message>
    <message>
        <source>Exported.</source>
        <translation>已导出。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Fewer fields</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>First call as it will be sent</source>
        <translation>将要发出的第一个请求</translation>
    </message>
    <message>
        <source>For tables: text with {example} where a cell goes</source>
        <translation>表格用：在单元格处写 {example}</translation>
    </message>
    <message>
        <source>In</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>It continues when the engine runs.</source>
        <translation>引擎运行后继续。</translation>
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
        <translation>任务</translation>
    </message>
    <message>
        <source>Limited by</source>
        <translation>受限于</translation>
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
        <translation>更多设置</translation>
    </message>
    <message>
        <source>Most tokens</source>
        <translation>最多 token</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>No jobs yet.</source>
        <translation>还没有任务。</translation>
    </message>
    <message>
        <source>No template</source>
        <translation>不用模板</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open full preview</source>
        <translation>打开完整预览</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Paste prompts, one a line, or drop a file.</source>
        <translation>粘贴提示词，每行一条，或拖入文件。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Paused by you</source>
        <translation>你已暂停</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message numerus="yes">
        <source>Re-run {n} failed</source>
        <translation>
            <numerusform>重试 {n} 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>删除“{name}”？</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Rows a call</source>
        <translation>每次行数</translation>
    </message>
    <message>
        <source>Rows as they will be sent</source>
        <translation>将要发送的行</translation>
    </message>
    <message>
        <source>Rows shown</source>
        <translation>显示的行</translation>
    </message>
    <message>
        <source>Sending the rows to the engine…</source>
        <translation>正在把行交给引擎…</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>简短</translation>
    </message>
    <message>
        <source>Show rows</source>
        <translation>显示行</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message numerus="yes">
        <source>Start {n} rows</source>
        <translation>
            <numerusform>开始 {n} 行</numerusform>
        </translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation>停止于</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Texts that end an answer, one a line</source>
        <translation>结束回答的文本，每行一条</translation>
    </message>
    <message>
        <source>The file is larger than 200 MB; split it.</source>
        <translation>文件大于 200 MB，请拆分。</translation>
    </message>
    <message>
        <source>The schema is not a JSON object.</source>
        <translation>schema 不是 JSON 对象。</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>输入 token</translation>
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
        <translation>约 1,500 token</translation>
    </message>
    <message>
        <source>about 300 tokens</source>
        <translation>约 300 token</translation>
    </message>
    <message>
        <source>about 60 tokens</source>
        <translation>约 60 token</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation>
            <numerusform>另有 {n} 项</numerusform>
        </translation>
    </message>
    <message>
        <source>estimated now, {time}, with what your tools use at present</source>
        <translation>{time} 估算，已计入你的工具目前的用量</translation>
    </message>
    <message numerus="yes">
        <source>free, {n} rows</source>
        <translation>
            <numerusform>免费，{n} 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{encoding}, guessed</source>
        <translation>{encoding}（推测）</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}</source>
        <translation>无法读取 {file}：{reason}</translation>
    </message>
    <message numerus="yes">
        <source>{n} rows and their answers are forgotten.</source>
        <translation>
            <numerusform>{n} 行及其回答将被删除。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows will not be answered; answers that came are kept.</source>
        <translation>
            <numerusform>{n} 行将不会有回答；已有的回答会保留。</numerusform>
        </translation>
    </message>
</context>
</TS>
