<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>A budget is nearly spent</source>
        <translation>預算即將用完</translation>
    </message>
    <message>
        <source>A compatible server</source>
        <translation>相容的伺服器</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>A key is stored. Another one replaces it.</source>
        <translation>已儲存有金鑰。新的金鑰會取代它。</translation>
    </message>
    <message>
        <source>A limit is nearly used</source>
        <translation>某項限額即將用完</translation>
    </message>
    <message>
        <source>A limit runs out soon at this pace</source>
        <translation>照目前速度，某項限額很快會用完</translation>
    </message>
    <message>
        <source>A login begins to cost money</source>
        <translation>登入開始產生費用</translation>
    </message>
    <message>
        <source>A name is new, and has only a-z, 0-9 and dashes.</source>
        <translation>名稱不能重複，只能包含 a-z、0-9 和連字號。</translation>
    </message>
    <message>
        <source>A new port answers before the old one closes; streams go on.</source>
        <translation>新連接埠先開始應答，舊連接埠才關閉；進行中的串流不受影響。</translation>
    </message>
    <message>
        <source>A request is held long</source>
        <translation>某個請求等候很久</translation>
    </message>
    <message>
        <source>A tool gets a token of this machine; the real key stays with Sluice.</source>
        <translation>工具得到的是本機權杖；真正的金鑰只在 Sluice 手中。</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 金鑰</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>位址</translation>
    </message>
    <message>
        <source>Another model answered than was asked</source>
        <translation>應答的模型與請求的不同</translation>
    </message>
    <message>
        <source>Anthropic’s API</source>
        <translation>Anthropic 的 API</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟隨系統</translation>
    </message>
    <message>
        <source>As the tool sends it</source>
        <translation>與工具傳送的方式相同</translation>
    </message>
    <message>
        <source>At most, MB</source>
        <translation>最多（MB）</translation>
    </message>
    <message>
        <source>Bearer</source>
        <translation>Bearer</translation>
    </message>
    <message>
        <source>Budget a day, USD</source>
        <translation>每日預算（美元）</translation>
    </message>
    <message>
        <source>Budget a month, USD</source>
        <translation>每月預算（美元）</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>快取</translation>
    </message>
    <message>
        <source>Copy the token now: it is not shown again.</source>
        <translation>請現在複製權杖：它不會再次顯示。</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Days of history</source>
        <translation>歷史保留天數</translation>
    </message>
    <message>
        <source>Edit config.toml by hand if you like: what you write there stays as it is.</source>
        <translation>也可以手動編輯 config.toml：您寫的內容會原樣保留。</translation>
    </message>
    <message>
        <source>Everything is forgotten.</source>
        <translation>已全部清除。</translation>
    </message>
    <message>
        <source>File of further CAs</source>
        <translation>其他 CA 憑證檔案</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>For how many minutes</source>
        <translation>保留分鐘數</translation>
    </message>
    <message>
        <source>Forget every answer</source>
        <translation>清除所有回答</translation>
    </message>
    <message>
        <source>From 1 to 540; empty: as long as the tool itself waits.</source>
        <translation>1 到 540；留空：與工具自己等待的時間相同。</translation>
    </message>
    <message>
        <source>From the next start on.</source>
        <translation>下次啟動後生效。</translation>
    </message>
    <message>
        <source>Further host names</source>
        <translation>其他主機名稱</translation>
    </message>
    <message>
        <source>General</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Goes</source>
        <translation>次序</translation>
    </message>
    <message>
        <source>Input tokens a minute</source>
        <translation>每分鐘輸入 token 數</translation>
    </message>
    <message>
        <source>It reads each warning as JSON. Separate arguments by commas.</source>
        <translation>每則警告以 JSON 傳給它。參數以逗號分隔。</translation>
    </message>
    <message>
        <source>It runs on this machine</source>
        <translation>它在本機執行</translation>
    </message>
    <message>
        <source>Keep answers</source>
        <translation>保留回答</translation>
    </message>
    <message>
        <source>Kept in the system keyring, never in a file, never shown again.</source>
        <translation>保存在系統金鑰環中，絕不寫入檔案，也不再顯示。</translation>
    </message>
    <message>
        <source>Key of the files</source>
        <translation>檔案的金鑰</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>金鑰</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>語言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>淺色</translation>
    </message>
    <message>
        <source>Longest hold, seconds</source>
        <translation>最長等候（秒）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>Name of a tool</source>
        <translation>工具名稱</translation>
    </message>
    <message>
        <source>Name of another upstream or key, such as: work</source>
        <translation>其他上游或金鑰的名稱，例如：work</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>新權杖</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不用金鑰</translation>
    </message>
    <message>
        <source>No key is stored.</source>
        <translation>未儲存金鑰。</translation>
    </message>
    <message>
        <source>No tool has a token yet.</source>
        <translation>還沒有工具擁有權杖。</translation>
    </message>
    <message>
        <source>Once for each episode, and once more when it is over. Wording is fixed: numbers and names, never prompts. Spend cap and key trouble are always told.</source>
        <translation>每次情況只提醒一次，結束時再提醒一次。措辭固定：只有數字和名稱，從不含提示詞。支出上限和金鑰問題總會提醒。</translation>
    </message>
    <message>
        <source>Once it is spent</source>
        <translation>用完之後</translation>
    </message>
    <message>
        <source>One calm line a day</source>
        <translation>每天一行平靜的小結</translation>
    </message>
    <message>
        <source>Only where the server tells no limits itself.</source>
        <translation>僅用於自己不告知限額的伺服器。</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>開啟檔案</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>開啟資料夾</translation>
    </message>
    <message>
        <source>Output tokens a minute</source>
        <translation>每分鐘輸出 token 數</translation>
    </message>
    <message>
        <source>Pacing and holds</source>
        <translation>調速與等候</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>頁面</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>連接埠</translation>
    </message>
    <message>
        <source>Program to run</source>
        <translation>要執行的程式</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理伺服器</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>勿擾時段</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>移除金鑰</translation>
    </message>
    <message>
        <source>Remove upstream</source>
        <translation>移除上游</translation>
    </message>
    <message>
        <source>Repeats may come from the response cache</source>
        <translation>重複的請求可由回答快取應答</translation>
    </message>
    <message>
        <source>Requests a minute</source>
        <translation>每分鐘請求數</translation>
    </message>
    <message>
        <source>Requests wait for their turn by themselves. There is little to set.</source>
        <translation>請求會自動排隊等候，需要設定的很少。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>撤銷</translation>
    </message>
    <message>
        <source>Revoke “{name}”</source>
        <translation>撤銷「{name}」</translation>
    </message>
    <message>
        <source>Sends its key as</source>
        <translation>傳送金鑰的方式</translation>
    </message>
    <message>
        <source>Settings can be read, not changed, until it runs.</source>
        <translation>引擎執行之前，設定只能檢視，不能變更。</translation>
    </message>
    <message>
        <source>Settings – Sluice</source>
        <translation>設定 – Sluice</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>登入時啟動</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>啟動引擎</translation>
    </message>
    <message>
        <source>Stop requests</source>
        <translation>停止請求</translation>
    </message>
    <message>
        <source>Such as 22:00-07:00</source>
        <translation>例如 22:00-07:00</translation>
    </message>
    <message>
        <source>Such as host.docker.internal; separate them by commas.</source>
        <translation>例如 host.docker.internal；以逗號分隔。</translation>
    </message>
    <message>
        <source>System keyring</source>
        <translation>系統金鑰圈</translation>
    </message>
    <message>
        <source>Test and store</source>
        <translation>測試並保存</translation>
    </message>
    <message>
        <source>Testing the key…</source>
        <translation>正在測試金鑰…</translation>
    </message>
    <message>
        <source>The calm line comes at</source>
        <translation>每日小結的時間</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未執行</translation>
    </message>
    <message>
        <source>The key is refused. Store another.</source>
        <translation>金鑰被拒絕。請儲存另一個。</translation>
    </message>
    <message>
        <source>The settings file has a mistake</source>
        <translation>設定檔有誤</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>佈景主題</translation>
    </message>
    <message>
        <source>This server wants no key.</source>
        <translation>此伺服器不需要金鑰。</translation>
    </message>
    <message>
        <source>Throttled or overloaded often</source>
        <translation>經常被限流或過載</translation>
    </message>
    <message>
        <source>Tools and tokens</source>
        <translation>工具與權杖</translation>
    </message>
    <message>
        <source>Upstream</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>Warn</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>What answers there</source>
        <translation>那裡應答的是</translation>
    </message>
    <message>
        <source>What was asked exactly so before is answered at once, and costs nothing.</source>
        <translation>以前問過完全相同的內容會立即得到回答，不產生費用。</translation>
    </message>
    <message>
        <source>http://host:port; none: empty</source>
        <translation>http://host:port；不用則留空</translation>
    </message>
    <message>
        <source>without cache</source>
        <translation>不用快取</translation>
    </message>
    <message>
        <source>x-api-key</source>
        <translation>x-api-key</translation>
    </message>
    <message>
        <source>“{name}” may enter no more.</source>
        <translation>「{name}」不能再進入。</translation>
    </message>
</context>
</TS>
