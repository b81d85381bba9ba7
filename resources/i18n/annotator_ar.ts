<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar">
<context>
    <name>ActivityTimer</name>
    <message>
        <source>Your time on this article: {0}</source>
        <translation>وقتك في هذه المقالة: {0}</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>أقل من دقيقة</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>أقل من دقيقة</numerusform>
            <numerusform>دقيقة واحدة</numerusform>
            <numerusform>دقيقتان</numerusform>
            <numerusform>%n دقائق</numerusform>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>%n دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} س {1} د</translation>
    </message>
</context>
<context>
    <name>AdjudicationPage</name>
    <message>
        <source>Adjudicate</source>
        <translation>التحكيم</translation>
    </message>
    <message>
        <source>Hide names</source>
        <translation>إخفاء الأسماء</translation>
    </message>
    <message>
        <source>Done, next article</source>
        <translation>حُسمت، المقالة التالية</translation>
    </message>
    <message>
        <source>What each annotator gave</source>
        <translation>ما اختاره كل موسِّم</translation>
    </message>
    <message>
        <source>Difference {0} of {1}, {2} left</source>
        <translation>الاختلاف {0} من {1}، بقي {2}</translation>
    </message>
    <message>
        <source>No article has been labelled by two annotators yet.</source>
        <translation>لم يوسِّم موسِّمان أي مقالة معاً بعد.</translation>
    </message>
    <message>
        <source>This article is settled.</source>
        <translation>حُسمت هذه المقالة.</translation>
    </message>
    <message>
        <source>Nothing is left to decide here. Done settles the article and opens the next.</source>
        <translation>لم يبق ما يُقرَّر هنا. زر «حُسمت» يحسم المقالة ويفتح التالية.</translation>
    </message>
    <message>
        <source>Settled by {0}</source>
        <translation>حسمه {0}</translation>
    </message>
    <message>
        <source>Annotator {0}</source>
        <translation>الموسِّم {0}</translation>
    </message>
    <message numerus="yes">
        <source>Not settled: %n difference(s) left</source>
        <translation>
            <numerusform>لم تُحسم: لم يبق أي اختلاف</numerusform>
            <numerusform>لم تُحسم: بقي اختلاف واحد</numerusform>
            <numerusform>لم تُحسم: بقي اختلافان</numerusform>
            <numerusform>لم تُحسم: بقيت %n اختلافات</numerusform>
            <numerusform>لم تُحسم: بقي %n اختلافاً</numerusform>
            <numerusform>لم تُحسم: بقي %n اختلاف</numerusform>
        </translation>
    </message>
    <message>
        <source>All articles that two annotators labelled are settled.</source>
        <translation>حُسمت كل المقالات التي وسمها موسِّمان.</translation>
    </message>
    <message>
        <source>Why: {0}</source>
        <translation>السبب: {0}</translation>
    </message>
    <message>
        <source>Nothing to redo.</source>
        <translation>لا توجد خطوة لإعادتها.</translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation>لا توجد خطوة للتراجع عنها.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>يجري البحث…</translation>
    </message>
    <message>
        <source>Settle {0} as {1} in {2} articles?</source>
        <translation>هل تُحسم {0} على أنها {1} في المقالات الموافقة (عددها {2})؟</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>بلا وسم</translation>
    </message>
    <message>
        <source>Settle everywhere</source>
        <translation>حسم كل المواضع</translation>
    </message>
</context>
<context>
    <name>AgreementArticleModel</name>
    <message>
        <source>Article</source>
        <translation>المقالة</translation>
    </message>
    <message>
        <source>Annotators</source>
        <translation>الموسِّمون</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Ignoring labels</source>
        <translation>دون اعتبار الوسوم</translation>
    </message>
    <message>
        <source>Overlap F1</source>
        <translation>F1 بالتداخل</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>الاختلافات</translation>
    </message>
</context>
<context>
    <name>AgreementLabelModel</name>
    <message>
        <source>Label</source>
        <translation>الوسم</translation>
    </message>
    <message>
        <source>Spans of the first</source>
        <translation>مواضع الأول</translation>
    </message>
    <message>
        <source>Spans of the second</source>
        <translation>مواضع الثاني</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>المتطابقة</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Overlap F1</source>
        <translation>F1 بالتداخل</translation>
    </message>
</context>
<context>
    <name>AgreementPage</name>
    <message>
        <source>Agreement between annotators</source>
        <translation>اتفاق الموسِّمين</translation>
    </message>
    <message>
        <source>The project has changed. Choose “Measure again”.</source>
        <translation>تغيّر المشروع. اختر «إعادة القياس».</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>يجري القياس…</translation>
    </message>
    <message>
        <source>Include unfinished articles</source>
        <translation>إدراج المقالات غير المنجزة</translation>
    </message>
    <message>
        <source>Compare what annotators have not marked as done too</source>
        <translation>مقارنة ما لم يُنجزه الموسِّمون أيضاً</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>حفظ التقرير…</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>إعادة القياس</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>Confusion of labels</source>
        <translation>الخلط بين الوسوم</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>المقالات</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>الرسوم البيانية</translation>
    </message>
    <message>
        <source>What to show of the chosen pair</source>
        <translation>ما يُعرض عن الموسِّمَين المختارَين</translation>
    </message>
    <message>
        <source>Pairs of annotators</source>
        <translation>أزواج الموسِّمين</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>أُوقف القياس.</translation>
    </message>
    <message>
        <source>F1 by pair</source>
        <translation>قيمة F1 لكل زوج</translation>
    </message>
    <message>
        <source>F1 by label, all pairs together</source>
        <translation>قيمة F1 لكل وسم، للأزواج كلها</translation>
    </message>
    <message>
        <source>Articles compared: {0}</source>
        <translation>المقالات المقارَنة: {0}</translation>
    </message>
    <message>
        <source>Krippendorff&apos;s alpha: {0}</source>
        <translation>معامل ألفا لكريبندورف: {0}</translation>
    </message>
    <message>
        <source>Fleiss&apos; kappa: {0}, of {1} annotators each</source>
        <translation>معامل كابا لفليس: {0}، وعدد الموسِّمين في كل مقالة {1}</translation>
    </message>
    <message>
        <source>There is no such place.</source>
        <translation>لا يوجد موضع كهذا.</translation>
    </message>
    <message>
        <source>Only the first {0} places are listed.</source>
        <translation>تُعرض أول {0} من المواضع فقط.</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>صفحة ويب</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>جدول</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>حفظ التقرير</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>حُفظ: {0}</translation>
    </message>
</context>
<context>
    <name>AgreementPairModel</name>
    <message>
        <source>All pairs</source>
        <translation>الأزواج كلها</translation>
    </message>
    <message>
        <source>Gold</source>
        <translation>النسخة المرجعية</translation>
    </message>
    <message>
        <source>Annotators</source>
        <translation>الموسِّمون</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>المقالات</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Ignoring labels</source>
        <translation>دون اعتبار الوسوم</translation>
    </message>
    <message>
        <source>Overlap F1</source>
        <translation>F1 بالتداخل</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>كابا</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>الوسم</translation>
    </message>
    <message>
        <source>Boundary</source>
        <translation>حد الموضع</translation>
    </message>
    <message>
        <source>Clitic only</source>
        <translation>حرف متصل فقط</translation>
    </message>
    <message>
        <source>Label and boundary</source>
        <translation>الوسم والحد</translation>
    </message>
    <message>
        <source>One side only</source>
        <translation>من طرف واحد</translation>
    </message>
    <message>
        <source>Accepted suggestions</source>
        <translation>الاقتراحات المؤكدة</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>الموسومة يدوياً</translation>
    </message>
    <message>
        <source>Pull</source>
        <translation>أثر الاقتراحات</translation>
    </message>
    <message>
        <source>Spans with equal ends and labels: {0} of {1} and {2}. In brackets: the 95% interval.</source>
        <translation>مواضع تطابقت حدودها ووسومها: {0} من {1} و{2}. بين القوسين مجال الثقة 95%.</translation>
    </message>
    <message>
        <source>Spans with equal ends, whatever their labels</source>
        <translation>مواضع تطابقت حدودها أياً كانت وسومها</translation>
    </message>
    <message>
        <source>Spans with the same label that overlap</source>
        <translation>مواضع متداخلة لها الوسم نفسه</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa of the tags of tokens</source>
        <translation>معامل كابا لكوهين على وسوم الوحدات النصية</translation>
    </message>
    <message>
        <source>Equal ends, different labels</source>
        <translation>الحدود متطابقة والوسمان مختلفان</translation>
    </message>
    <message>
        <source>The same label on spans that overlap</source>
        <translation>الوسم نفسه على مواضع متداخلة</translation>
    </message>
    <message>
        <source>The same label, and the ends differ only by clitics</source>
        <translation>الوسم نفسه، ولا تختلف الحدود إلا بحرف متصل</translation>
    </message>
    <message>
        <source>Different labels on spans that overlap</source>
        <translation>وسمان مختلفان على مواضع متداخلة</translation>
    </message>
    <message>
        <source>Only one of the annotators labelled something</source>
        <translation>وسم أحد الموسِّمَين ولم يَسِم الآخر</translation>
    </message>
    <message>
        <source>The share of accepted suggestions that the other annotator gave too</source>
        <translation>نسبة الاقتراحات المؤكدة التي وسمها الموسِّم الآخر أيضاً</translation>
    </message>
    <message>
        <source>The share of spans added by hand that the other annotator gave too</source>
        <translation>نسبة المواضع الموسومة يدوياً التي وسمها الموسِّم الآخر أيضاً</translation>
    </message>
    <message>
        <source>The agreement on accepted suggestions, less that on spans added by hand</source>
        <translation>الاتفاق على الاقتراحات المؤكدة مطروحاً منه الاتفاق على المواضع الموسومة يدوياً</translation>
    </message>
</context>
<context>
    <name>ArticleHeader</name>
    <message>
        <source>✓ Done</source>
        <translation>✓ منجزة</translation>
    </message>
    <message>
        <source>Done, next</source>
        <translation>إنجاز وفتح التالية</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} من {1}</translation>
    </message>
    <message>
        <source>Not in the filtered list</source>
        <translation>خارج القائمة المصفّاة</translation>
    </message>
    <message>
        <source>Removed from the project</source>
        <translation>محذوفة من المشروع</translation>
    </message>
</context>
<context>
    <name>ArticleModel</name>
    <message>
        <source>Article</source>
        <translation>المقالة</translation>
    </message>
</context>
<context>
    <name>ArticleRemoval</name>
    <message numerus="yes">
        <source>Remove %n article(s)</source>
        <translation>
            <numerusform>لا توجد مقالات للحذف</numerusform>
            <numerusform>حذف مقالة واحدة</numerusform>
            <numerusform>حذف مقالتين</numerusform>
            <numerusform>حذف %n مقالات</numerusform>
            <numerusform>حذف %n مقالة</numerusform>
            <numerusform>حذف %n مقالة</numerusform>
        </translation>
    </message>
    <message>
        <source>Removed articles…</source>
        <translation>المقالات المحذوفة…</translation>
    </message>
    <message>
        <source>No article is removed.</source>
        <translation>لا توجد مقالات محذوفة.</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>تغيير العنوان…</translation>
    </message>
</context>
<context>
    <name>ArticleRenaming</name>
    <message>
        <source>Title (if empty, the imported title is restored)</source>
        <translation>العنوان (إن تُرك فارغاً عاد العنوان المستورد)</translation>
    </message>
    <message>
        <source>Rename article</source>
        <translation>تغيير عنوان المقالة</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>تغيير العنوان</translation>
    </message>
</context>
<context>
    <name>AssignPage</name>
    <message>
        <source>Hand out articles</source>
        <translation>إسناد المقالات</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>الحصص</translation>
    </message>
    <message>
        <source>For two people, in percent</source>
        <translation>لشخصين معاً، بالمئة</translation>
    </message>
    <message>
        <source>Grouped by</source>
        <translation>التقسيم بحسب</translation>
    </message>
    <message>
        <source>At most for each</source>
        <translation>الحد الأقصى لكل شخص</translation>
    </message>
    <message>
        <source>Articles that two people get, so that agreement can be measured</source>
        <translation>نسبة المقالات التي تُسند إلى شخصين معاً، ليُقاس الاتفاق</translation>
    </message>
    <message>
        <source>Mixed sources, equal length</source>
        <translation>تنوّع المصادر وتساوي الطول</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>المصدر</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>all</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>Also share out again what nobody has begun</source>
        <translation>إعادة توزيع ما لم يبدأ به أحد أيضاً</translation>
    </message>
    <message>
        <source>Hand out</source>
        <translation>إسناد</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>استرجاع…</translation>
    </message>
    <message>
        <source>Take back what the chosen annotators have not finished</source>
        <translation>استرجاع ما لم ينجزه الموسِّمون المختارون</translation>
    </message>
    <message>
        <source>Packs</source>
        <translation>الحزم</translation>
    </message>
    <message>
        <source>A project file for each chosen annotator, with their articles. Merge it back like any other copy.</source>
        <translation>ملف مشروع لكل موسِّم مختار، فيه مقالاته. ويُدمج كأي نسخة أخرى.</translation>
    </message>
    <message>
        <source>Blind: nothing of other annotators</source>
        <translation>محجوبة: لا شيء من عمل موسِّمين آخرين</translation>
    </message>
    <message>
        <source>Make packs…</source>
        <translation>إنشاء الحزم…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Annotators and their shares</source>
        <translation>الموسِّمون وحصصهم</translation>
    </message>
    <message>
        <source>Articles handed out: {0}. To two people: {1}.</source>
        <translation>أُسندت المقالات: {0}. لشخصين معاً: {1}.</translation>
    </message>
    <message>
        <source>Take back the unfinished articles of {1} ({0})? What was done in them stays.</source>
        <translation>أتريد استرجاع المقالات غير المنجزة ({0}) من {1}؟ ما أُنجز فيها يبقى محفوظاً.</translation>
    </message>
    <message>
        <source>Articles taken back: {0}.</source>
        <translation>المقالات المسترجعة: {0}.</translation>
    </message>
    <message>
        <source>Articles to hand out: {0}. To two people: {1}.</source>
        <translation>المقالات التي ستُسند: {0}. لشخصين معاً: {1}.</translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>استرجاع</translation>
    </message>
    <message>
        <source>Folder for the packs</source>
        <translation>مجلد الحزم</translation>
    </message>
    <message>
        <source>Packs written: {0}, in {1}</source>
        <translation>كُتبت الحزم: {0}، في {1}</translation>
    </message>
    <message>
        <source>Edits of others left out, because they also concern other articles: {0}</source>
        <translation>قرارات للآخرين تُركت لأنها تشمل مقالات أخرى أيضاً: {0}</translation>
    </message>
    <message>
        <source>Articles: {0}</source>
        <translation>المقالات: {0}</translation>
    </message>
    <message>
        <source>not handed out: {0}</source>
        <translation>غير مُسندة: {0}</translation>
    </message>
    <message>
        <source>Nobody is in this project yet. Add annotators first.</source>
        <translation>لا أحد في هذا المشروع بعد. أضف الموسِّمين أولاً.</translation>
    </message>
    <message>
        <source>Tick the annotators who are to get articles.</source>
        <translation>اختر الموسِّمين الذين تُسند إليهم المقالات.</translation>
    </message>
    <message>
        <source>Groups of near-duplicates that no share has room for: {0}.</source>
        <translation>مجموعات من المقالات شبه المكررة لا تتسع لها حصة: {0}.</translation>
    </message>
    <message>
        <source>Left for later: {0}.</source>
        <translation>يبقى لوقت لاحق: {0}.</translation>
    </message>
    <message>
        <source>Finished by somebody already, and not handed out: {0}.</source>
        <translation>مقالات أنجزها أحد ولن تُسند: {0}.</translation>
    </message>
    <message>
        <source>Handing out…</source>
        <translation>يجري الإسناد…</translation>
    </message>
    <message>
        <source>Taking back…</source>
        <translation>يجري الاسترجاع…</translation>
    </message>
    <message>
        <source>Writing packs…</source>
        <translation>تجري كتابة الحزم…</translation>
    </message>
    <message>
        <source>Looking for near-duplicates…</source>
        <translation>يجري البحث عن المقالات شبه المكررة…</translation>
    </message>
</context>
<context>
    <name>BackgroundEdits</name>
    <message>
        <source>Saving…</source>
        <translation>يجري الحفظ…</translation>
    </message>
</context>
<context>
    <name>BackupController</name>
    <message>
        <source>Backup created.</source>
        <translation>أُنشئت نسخة احتياطية.</translation>
    </message>
    <message>
        <source>Nothing has changed since the last backup.</source>
        <translation>لم يتغيّر شيء منذ آخر نسخة احتياطية.</translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message>
        <source>Backups</source>
        <translation>النسخ الاحتياطية</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>المجلد</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Backups to keep</source>
        <translation>عدد النسخ المحفوظة</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>نسخ احتياطي الآن</translation>
    </message>
    <message>
        <source>The open project is backed up once a day and before each merge. The newest backups of each project are kept. Enter 0 to turn off automatic backups.</source>
        <translation>تُنشأ نسخة احتياطية من المشروع المفتوح مرة كل يوم وقبل كل دمج، وتُحفظ أحدث النسخ من كل مشروع. لإيقاف النسخ التلقائي أدخل صفراً.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Latest backup of this project: {0}, {1}.</source>
        <translation>أحدث نسخة احتياطية من هذا المشروع: {0}، الساعة {1}.</translation>
    </message>
    <message>
        <source>This project has no backup yet.</source>
        <translation>لا توجد نسخة احتياطية من هذا المشروع بعد.</translation>
    </message>
    <message>
        <source>Backup folder</source>
        <translation>مجلد النسخ الاحتياطية</translation>
    </message>
</context>
<context>
    <name>BoundaryController</name>
    <message>
        <source>This word has no prefix clitic.</source>
        <translation>لا يوجد حرف متصل في أول هذه الكلمة.</translation>
    </message>
    <message>
        <source>This word has no suffix pronoun.</source>
        <translation>لا يوجد ضمير متصل في آخر هذه الكلمة.</translation>
    </message>
    <message>
        <source>This would overlap another annotation.</source>
        <translation>يتداخل هذا مع وسم مؤكد آخر.</translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
    <message>
        <source>Program error</source>
        <translation>خطأ في البرنامج</translation>
    </message>
    <message>
        <source>The program has a bug. You did nothing wrong.</source>
        <translation>حدث خطأ في البرنامج، وليس بسببك.</translation>
    </message>
    <message>
        <source>All decisions so far are saved, and you can continue. Please send the details to the developers.</source>
        <translation>كل القرارات حتى الآن محفوظة، ويمكنك المتابعة. نرجو إرسال التفاصيل إلى مطوّري البرنامج.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>CarrierDialog</name>
    <message>
        <source>Shared folder or server</source>
        <translation>المجلد المشترك أو الخادم</translation>
    </message>
    <message>
        <source>Folder or server</source>
        <translation>المجلد أو الخادم</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>اختيار مجلد…</translation>
    </message>
    <message>
        <source>Synchronise</source>
        <translation>مزامنة</translation>
    </message>
    <message>
        <source>Folder that the team shares</source>
        <translation>المجلد المشترك بين أعضاء الفريق</translation>
    </message>
    <message>
        <source>Where all copies of this project exchange their work: a folder that everybody reaches, or the address of a PostgreSQL database. The address has no password; it is read from the file {0}.</source>
        <translation>المكان الذي تتبادل فيه نسخ المشروع العمل: مجلد يصل إليه الجميع، أو عنوان قاعدة بيانات PostgreSQL. لا تُكتب كلمة المرور في العنوان، بل تُقرأ من الملف {0}.</translation>
    </message>
</context>
<context>
    <name>CaseList</name>
    <message>
        <source>All labels</source>
        <translation>كل الوسوم</translation>
    </message>
    <message>
        <source>Filter by kind</source>
        <translation>التصفية حسب النوع</translation>
    </message>
    <message>
        <source>Filter by label</source>
        <translation>التصفية حسب الوسم</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>الحالات</translation>
    </message>
    <message>
        <source>All kinds ({0})</source>
        <translation>كل الأنواع ({0})</translation>
    </message>
    <message>
        <source>Cases left: {0}</source>
        <translation>الحالات الباقية: {0}</translation>
    </message>
</context>
<context>
    <name>CaseModel</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>لا توجد مواضع</numerusform>
            <numerusform>موضع واحد</numerusform>
            <numerusform>موضعان</numerusform>
            <numerusform>%n مواضع</numerusform>
            <numerusform>%n موضعاً</numerusform>
            <numerusform>%n موضع</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangesPane</name>
    <message>
        <source>Changes</source>
        <translation>التغييرات</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>لا توجد تغييرات</numerusform>
            <numerusform>تغيير واحد</numerusform>
            <numerusform>تغييران</numerusform>
            <numerusform>%n تغييرات</numerusform>
            <numerusform>%n تغييراً</numerusform>
            <numerusform>%n تغيير</numerusform>
        </translation>
    </message>
    <message>
        <source>No changes yet.</source>
        <translation>لا توجد تغييرات بعد.</translation>
    </message>
</context>
<context>
    <name>ColourRow</name>
    <message>
        <source>light page</source>
        <translation>الصفحة الفاتحة</translation>
    </message>
    <message>
        <source>dark page</source>
        <translation>الصفحة الداكنة</translation>
    </message>
    <message>
        <source>Low contrast on the {0}: {1}. Use {2} or more.</source>
        <translation>التباين ضعيف على {0}: {1}. ينبغي ألا يقل عن {2}.</translation>
    </message>
    <message>
        <source>Similar to {0}, at least with colour blindness.</source>
        <translation>قريب من لون {0}، على الأقل مع عمى الألوان.</translation>
    </message>
    <message>
        <source>Easy to see and distinct from the other labels, also with colour blindness.</source>
        <translation>يسهل تمييزه من ألوان الوسوم الأخرى، حتى مع عمى الألوان.</translation>
    </message>
    <message>
        <source>Too strong on the {0}: the article is hard to read in a box of this colour.</source>
        <translation>لون قوي على {0}: تصعب قراءة نص المقالة فيه.</translation>
    </message>
    <message>
        <source>light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>Distinct colours</source>
        <translation>ألوان متباعدة</translation>
    </message>
    <message>
        <source>Colour on the light page</source>
        <translation>اللون على الصفحة الفاتحة</translation>
    </message>
    <message>
        <source>Colour on the dark page</source>
        <translation>اللون على الصفحة الداكنة</translation>
    </message>
    <message>
        <source>Distinct colours {0}</source>
        <translation>لونان متباعدان {0}</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>All commands</source>
        <translation>كل الأوامر</translation>
    </message>
    <message>
        <source>Command name</source>
        <translation>اسم الأمر</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>لا توجد نتائج</translation>
    </message>
</context>
<context>
    <name>ConcordanceDialog</name>
    <message>
        <source>Label as…</source>
        <translation>توسيم بـ…</translation>
    </message>
    <message>
        <source>Clear labels</source>
        <translation>إزالة الوسوم</translation>
    </message>
    <message>
        <source>Show in the article</source>
        <translation>إظهار في المقالة</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>النتائج</translation>
    </message>
    <message>
        <source>Label to apply</source>
        <translation>الوسم المراد وضعه</translation>
    </message>
    <message>
        <source>Enter searches. In the list: Enter shows the place, digits label it, Delete removes the label.</source>
        <translation>للبحث Enter. وفي القائمة: للعرض Enter، وللتوسيم الأرقام، وللإزالة Delete.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>يجري البحث…</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) so far</source>
        <translation>
            <numerusform>لا توجد مواضع حتى الآن</numerusform>
            <numerusform>موضع واحد حتى الآن</numerusform>
            <numerusform>موضعان حتى الآن</numerusform>
            <numerusform>%n مواضع حتى الآن</numerusform>
            <numerusform>%n موضعاً حتى الآن</numerusform>
            <numerusform>%n موضع حتى الآن</numerusform>
        </translation>
    </message>
    <message>
        <source>articles left to search: {0}</source>
        <translation>مقالات لم يُبحث فيها بعد: {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) in all</source>
        <translation>
            <numerusform>لا توجد مواضع</numerusform>
            <numerusform>موضع واحد لا غير</numerusform>
            <numerusform>موضعان لا غير</numerusform>
            <numerusform>%n مواضع في المجموع</numerusform>
            <numerusform>%n موضعاً في المجموع</numerusform>
            <numerusform>%n موضع في المجموع</numerusform>
        </translation>
    </message>
    <message>
        <source>No results</source>
        <translation>لا توجد نتائج</translation>
    </message>
    <message>
        <source>Invalid regular expression: {0}</source>
        <translation>التعبير النمطي غير صالح: {0}</translation>
    </message>
    <message>
        <source>Find in all articles</source>
        <translation>البحث في كل المقالات</translation>
    </message>
</context>
<context>
    <name>ConfusionModel</name>
    <message>
        <source>no label</source>
        <translation>بلا وسم</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>الوسم</translation>
    </message>
</context>
<context>
    <name>CopyList</name>
    <message>
        <source>Copies and what each would add</source>
        <translation>النسخ وما تضيفه كل منها</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>النسخة</translation>
    </message>
    <message>
        <source>New articles</source>
        <translation>مقالات جديدة</translation>
    </message>
    <message>
        <source>New decisions</source>
        <translation>قرارات جديدة</translation>
    </message>
    <message>
        <source>Annotators</source>
        <translation>الموسِّمون</translation>
    </message>
</context>
<context>
    <name>DecisionController</name>
    <message>
        <source>Nothing to undo.</source>
        <translation>لا توجد خطوة للتراجع عنها.</translation>
    </message>
    <message>
        <source>Nothing to redo.</source>
        <translation>لا توجد خطوة لإعادتها.</translation>
    </message>
    <message numerus="yes">
        <source>Not marked as done: %n undecided suggestion(s)</source>
        <translation>
            <numerusform>لم تُنجز المقالة: لا توجد اقتراحات غير محسومة</numerusform>
            <numerusform>لم تُنجز المقالة: اقتراح واحد غير محسوم</numerusform>
            <numerusform>لم تُنجز المقالة: اقتراحان غير محسومين</numerusform>
            <numerusform>لم تُنجز المقالة: %n اقتراحات غير محسومة</numerusform>
            <numerusform>لم تُنجز المقالة: %n اقتراحاً غير محسوم</numerusform>
            <numerusform>لم تُنجز المقالة: %n اقتراح غير محسوم</numerusform>
        </translation>
    </message>
    <message>
        <source>All decided. {0}: done, next article</source>
        <translation>حُسم كل شيء. {0}: إنجاز المقالة وفتح التالية</translation>
    </message>
    <message numerus="yes">
        <source>Confirm %n suggestion(s) that you have not seen?</source>
        <translation>
            <numerusform>لا توجد اقتراحات لم ترها</numerusform>
            <numerusform>أتريد تأكيد اقتراح واحد لم تره؟</numerusform>
            <numerusform>أتريد تأكيد اقتراحين لم ترهما؟</numerusform>
            <numerusform>أتريد تأكيد %n اقتراحات لم ترها؟</numerusform>
            <numerusform>أتريد تأكيد %n اقتراحاً لم تره؟</numerusform>
            <numerusform>أتريد تأكيد %n اقتراح لم تره؟</numerusform>
        </translation>
    </message>
    <message>
        <source>They do not count as agreement with the model. One undo takes them back.</source>
        <translation>لا تُحتسب موافقةً للنموذج. ويمكن التراجع عنها مرة واحدة.</translation>
    </message>
    <message>
        <source>Confirm all remaining</source>
        <translation>تأكيد كل الاقتراحات الباقية</translation>
    </message>
    <message>
        <source>Confirm all</source>
        <translation>تأكيد الكل</translation>
    </message>
    <message>
        <source>Nothing is rejected in this article.</source>
        <translation>لا توجد اقتراحات مرفوضة في هذه المقالة.</translation>
    </message>
    <message>
        <source>Suggestions for this article are still being generated.</source>
        <translation>لا يزال توليد اقتراحات هذه المقالة جارياً.</translation>
    </message>
</context>
<context>
    <name>DifferenceQueue</name>
    <message>
        <source>Words, then Enter</source>
        <translation>كلمات، ثم Enter</translation>
    </message>
    <message>
        <source>Filter by words</source>
        <translation>تصفية حسب الكلمات</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>كل الأنواع</translation>
    </message>
    <message>
        <source>All labels</source>
        <translation>كل الوسوم</translation>
    </message>
    <message>
        <source>All annotators</source>
        <translation>كل الموسِّمين</translation>
    </message>
    <message>
        <source>Filter by kind</source>
        <translation>تصفية حسب النوع</translation>
    </message>
    <message>
        <source>Filter by label</source>
        <translation>تصفية حسب الوسم</translation>
    </message>
    <message>
        <source>Filter by pair of annotators</source>
        <translation>تصفية حسب موسِّمَين</translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} و{1}</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>الاختلافات</translation>
    </message>
    <message>
        <source>Differences left: {0}</source>
        <translation>الاختلافات الباقية: {0}</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>يجري البحث…</translation>
    </message>
    <message>
        <source>No differences are left here.</source>
        <translation>لم يبق أي اختلاف هنا.</translation>
    </message>
</context>
<context>
    <name>DocumentModel</name>
    <message numerus="yes">
        <source>%n note(s) on spans</source>
        <translation>
            <numerusform>لا توجد ملاحظات على المواضع</numerusform>
            <numerusform>ملاحظة واحدة على موضع</numerusform>
            <numerusform>ملاحظتان على مواضع</numerusform>
            <numerusform>%n ملاحظات على مواضع</numerusform>
            <numerusform>%n ملاحظة على مواضع</numerusform>
            <numerusform>%n ملاحظة على مواضع</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n flag(s)</source>
        <translation>
            <numerusform>لا توجد علامات شك</numerusform>
            <numerusform>علامة شك واحدة</numerusform>
            <numerusform>علامتا شك</numerusform>
            <numerusform>%n علامات شك</numerusform>
            <numerusform>%n علامة شك</numerusform>
            <numerusform>%n علامة شك</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentPane</name>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} من {1}</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>المقالات</translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Drop a project here to open it, or articles to create a project from them</source>
        <translation>أفلت هنا مشروعاً لفتحه، أو مقالات لإنشاء مشروع منها</translation>
    </message>
</context>
<context>
    <name>ExportController</name>
    <message>
        <source>Exporting…</source>
        <translation>يجري التصدير…</translation>
    </message>
    <message>
        <source>An export is already running. Wait for it to finish, or stop it.</source>
        <translation>يجري تصدير آخر. انتظر انتهاءه أو أوقفه.</translation>
    </message>
    <message>
        <source>Export stopped. Nothing was written.</source>
        <translation>أُوقف التصدير، ولم يُكتب شيء.</translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s), all exact.</source>
        <translation>
            <numerusform>لا وسوم فيه.</numerusform>
            <numerusform>وسم واحد، مطابق.</numerusform>
            <numerusform>وسمان، كلاهما مطابق.</numerusform>
            <numerusform>%n وسوم، كلها مطابقة.</numerusform>
            <numerusform>%n وسماً، كلها مطابقة.</numerusform>
            <numerusform>%n وسم، كلها مطابقة.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>يجري التصدير…</translation>
    </message>
    <message>
        <source>Files of this format</source>
        <translation>ملفات هذه الصيغة</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>تصدير</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>المقالات</translation>
    </message>
    <message>
        <source>Export annotations</source>
        <translation>تصدير الوسوم المؤكدة</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>فتح المجلد</translation>
    </message>
    <message>
        <source>Only confirmed annotations are exported. The file is verified before it is saved.</source>
        <translation>لا تُصدَّر إلا الوسوم المؤكدة. ويُتحقَّق من الملف قبل حفظه.</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>المحتوى</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>الملفات الناتجة</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>خيارات أخرى</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>المجلد</translation>
    </message>
</context>
<context>
    <name>FileWatcher</name>
    <message>
        <source>This project is also open in another window. You can work in both: decisions appear in the other window within seconds.</source>
        <translation>المشروع مفتوح في نافذة أخرى أيضاً. يمكنك العمل في كلتيهما، وتظهر قرارات كل منهما في الأخرى خلال ثوانٍ.</translation>
    </message>
    <message>
        <source>The project file is back. Changes can be saved again.</source>
        <translation>عاد ملف المشروع إلى مكانه، ويمكن الحفظ من جديد.</translation>
    </message>
    <message>
        <source>{0} was moved, renamed or deleted. Move it back, open it at its new location, or restore a copy. Until then, changes cannot be saved.</source>
        <translation>الملف {0}: نُقل أو أُعيدت تسميته أو حُذف. أعده إلى مكانه، أو افتحه من مكانه الجديد، أو استعد نسخة منه. لا يمكن حفظ التغييرات قبل ذلك.</translation>
    </message>
    <message>
        <source>Restore a copy</source>
        <translation>استعادة نسخة</translation>
    </message>
    <message>
        <source>Your work is saved in {0}.</source>
        <translation>عملك محفوظ في {0}.</translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) received from another window</source>
        <translation>
            <numerusform>لم يصل أي قرار من نافذة أخرى</numerusform>
            <numerusform>وصل قرار واحد من نافذة أخرى</numerusform>
            <numerusform>وصل قراران من نافذة أخرى</numerusform>
            <numerusform>وصلت %n قرارات من نافذة أخرى</numerusform>
            <numerusform>وصل %n قراراً من نافذة أخرى</numerusform>
            <numerusform>وصل %n قرار من نافذة أخرى</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} was replaced by another file. Restore the original to continue, or open the new file. If both contain work, merge them. Until then, changes cannot be saved.</source>
        <translation>الملف {0}: حل محله ملف آخر. أعد الملف الأصلي للمتابعة، أو افتح الملف الجديد. وإن كان في كليهما عمل فادمجهما. لا يمكن حفظ التغييرات قبل ذلك.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search titles</source>
        <translation>البحث في العناوين</translation>
    </message>
    <message>
        <source>Filter articles by title</source>
        <translation>تصفية المقالات بالعنوان</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>تصفية</translation>
    </message>
    <message>
        <source>Filter articles</source>
        <translation>تصفية المقالات</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>إظهار الكل</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>لم يُبدأ بها</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>قيد العمل</translation>
    </message>
    <message>
        <source>done</source>
        <translation>منجزة</translation>
    </message>
    <message>
        <source> or </source>
        <translation> أو </translation>
    </message>
    <message>
        <source>flagged</source>
        <translation>عليها علامة شك</translation>
    </message>
    <message>
        <source>with notes</source>
        <translation>عليها ملاحظات</translation>
    </message>
    <message>
        <source>with suggestions</source>
        <translation>فيها اقتراحات</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>من {0} إلى {1}</translation>
    </message>
    <message>
        <source>from {0}</source>
        <translation>من {0}</translation>
    </message>
    <message>
        <source>up to {0}</source>
        <translation>حتى {0}</translation>
    </message>
    <message>
        <source>mine</source>
        <translation>مقالاتي</translation>
    </message>
    <message>
        <source>not begun by anybody</source>
        <translation>لم يبدأ بها أحد</translation>
    </message>
    <message>
        <source>assigned to {0}</source>
        <translation>مُسندة إلى {0}</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>To do</source>
        <translation>لم يُبدأ بها</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>قيد العمل</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>منجزة</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>عليها علامة شك</translation>
    </message>
    <message>
        <source>With notes</source>
        <translation>عليها ملاحظات</translation>
    </message>
    <message>
        <source>With suggestions</source>
        <translation>فيها اقتراحات</translation>
    </message>
    <message>
        <source>All sources</source>
        <translation>كل المصادر</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>المصدر</translation>
    </message>
    <message>
        <source>From ({0})</source>
        <translation>من ({0})</translation>
    </message>
    <message>
        <source>Enter a date as {0}, {1} or {2}.</source>
        <translation>أدخل التاريخ هكذا: {0} أو {1} أو {2}.</translation>
    </message>
    <message>
        <source>Start date: year, month or day</source>
        <translation>تاريخ البداية: سنة أو شهر أو يوم</translation>
    </message>
    <message>
        <source>Up to</source>
        <translation>حتى</translation>
    </message>
    <message>
        <source>End date: year, month or day</source>
        <translation>تاريخ النهاية: سنة أو شهر أو يوم</translation>
    </message>
    <message>
        <source>Everybody’s articles</source>
        <translation>مقالات الجميع</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>مقالاتي</translation>
    </message>
    <message>
        <source>Not begun by anybody</source>
        <translation>لم يبدأ بها أحد</translation>
    </message>
    <message>
        <source>Assigned to {0}</source>
        <translation>مُسندة إلى {0}</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>المُسند إليه</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in article</source>
        <translation>البحث في المقالة</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>السابق</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>لا توجد نتائج</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} من {1}</translation>
    </message>
</context>
<context>
    <name>ForbiddenLabel</name>
    <message>
        <source>Only adjudicators and leads see what others labelled in this project. A lead gives roles under Team › People.</source>
        <translation>لا يرى توسيم الآخرين في هذا المشروع إلا المحكِّمون ومشرفو الفريق. يحدّد مشرف الفريق الأدوار في: فريق ‹ الأشخاص.</translation>
    </message>
</context>
<context>
    <name>FormatBox</name>
    <message>
        <source>Tag the whole word: وديالى</source>
        <translation>توسيم الكلمة كلها: وديالى</translation>
    </message>
    <message>
        <source>Split the clitic into its own token: و + ديالى</source>
        <translation>فصل الحرف المتصل وحدةً نصية مستقلة: و + ديالى</translation>
    </message>
    <message>
        <source>Start articles with -DOCSTART-, without comments</source>
        <translation>بدء المقالات بالسطر ‎-DOCSTART-‎ دون تعليقات</translation>
    </message>
    <message>
        <source>Include page debris</source>
        <translation>مع زوائد الصفحة</translation>
    </message>
    <message>
        <source>Strict: cancel if anything would be lost or changed</source>
        <translation>صارم: إلغاء التصدير إن كان شيء سيُفقد أو يتغيّر</translation>
    </message>
    <message>
        <source>Outer only</source>
        <translation>الخارجية فقط</translation>
    </message>
    <message>
        <source>Inner only</source>
        <translation>الداخلية فقط</translation>
    </message>
    <message>
        <source>One column per level</source>
        <translation>عمود لكل مستوى</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>الصيغة</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>نظام الوسوم</translation>
    </message>
    <message>
        <source>Nested spans</source>
        <translation>المواضع المتداخلة</translation>
    </message>
    <message>
        <source>Clitics</source>
        <translation>الحروف المتصلة</translation>
    </message>
</context>
<context>
    <name>GuidelineDialog</name>
    <message>
        <source>Guideline</source>
        <translation>دليل الوسم</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>Differences between annotators</source>
        <translation>اختلافات الموسِّمين</translation>
    </message>
    <message>
        <source>Edit this label…</source>
        <translation>تحرير هذا الوسم…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Most frequent first, in a sample of {0} of {1} annotations</source>
        <translation>الأكثر وروداً أولاً، في عيّنة من الوسوم المؤكدة ({0} من {1})</translation>
    </message>
    <message numerus="yes">
        <source>Most frequent first: %n annotation(s)</source>
        <translation>
            <numerusform>لا توجد وسوم مؤكدة</numerusform>
            <numerusform>وسم مؤكد واحد</numerusform>
            <numerusform>الأكثر وروداً أولاً: وسمان مؤكدان</numerusform>
            <numerusform>الأكثر وروداً أولاً: %n وسوم مؤكدة</numerusform>
            <numerusform>الأكثر وروداً أولاً: %n وسماً مؤكداً</numerusform>
            <numerusform>الأكثر وروداً أولاً: %n وسم مؤكد</numerusform>
        </translation>
    </message>
    <message>
        <source>Differences between annotators, newest first</source>
        <translation>اختلافات الموسِّمين، الأحدث أولاً</translation>
    </message>
    <message>
        <source>Names in all articles</source>
        <translation>الأسماء في كل المقالات</translation>
    </message>
    <message>
        <source>Searching all articles…</source>
        <translation>يجري البحث في كل المقالات…</translation>
    </message>
    <message>
        <source>This label has not been used in any article yet.</source>
        <translation>لم يُستعمل هذا الوسم في أي مقالة بعد.</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>About</source>
        <translation>حول البرنامج</translation>
    </message>
</context>
<context>
    <name>IdentityDialog</name>
    <message>
        <source>Your name</source>
        <translation>اسمك</translation>
    </message>
    <message>
        <source>Who works here?</source>
        <translation>من يعمل هنا؟</translation>
    </message>
    <message>
        <source>Yes, I am {0}</source>
        <translation>نعم، أنا {0}</translation>
    </message>
    <message>
        <source>I am already in this project:</source>
        <translation>اسمي موجود في هذا المشروع:</translation>
    </message>
    <message>
        <source>I am new here. My name:</source>
        <translation>هذه أول مرة لي هنا، واسمي:</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>Are you {0}?</source>
        <translation>هل أنت {0}؟</translation>
    </message>
    <message>
        <source>This copy of the project was made for {0}, or last used on another computer. Your labels are stored under your name.</source>
        <translation>أُعدّت هذه النسخة من المشروع لأجل {0}، أو استُعملت آخر مرة على حاسوب آخر. يُحفظ توسيمك باسمك.</translation>
    </message>
    <message>
        <source>The settings on this computer were copied from another one. If two people work under one name, their labels cannot be told apart.</source>
        <translation>نُسخت إعدادات هذا الحاسوب من حاسوب آخر. إذا عمل شخصان باسم واحد فلا يمكن التمييز بين توسيمهما.</translation>
    </message>
    <message>
        <source>The program now checks that each person has a name of their own. If the settings on this computer were copied from a colleague, answer no.</source>
        <translation>صار البرنامج يتحقق من أن لكل شخص اسماً خاصاً به. إن كانت إعدادات هذا الحاسوب منسوخة من زميل فلا تختر «نعم».</translation>
    </message>
    <message>
        <source>Your labels are stored under your name, so that others see whose they are.</source>
        <translation>يُحفظ توسيمك باسمك ليعرف الآخرون لمن هو.</translation>
    </message>
    <message>
        <source>{0} is already in this project. Choose that name above, or give another one.</source>
        <translation>{0} موجود في هذا المشروع. اختر هذا الاسم أعلاه، أو اكتب اسماً آخر.</translation>
    </message>
</context>
<context>
    <name>ImportController</name>
    <message>
        <source>Articles</source>
        <translation>المقالات</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>كل الملفات</translation>
    </message>
    <message>
        <source>Import articles</source>
        <translation>استيراد مقالات</translation>
    </message>
    <message>
        <source>Import folder</source>
        <translation>استيراد مجلد</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>يجري الاستيراد…</translation>
    </message>
    <message>
        <source>An import is already running. Wait for it to finish, or stop it.</source>
        <translation>يجري استيراد آخر. انتظر انتهاءه أو أوقفه.</translation>
    </message>
    <message>
        <source>Import stopped. Articles imported so far were kept.</source>
        <translation>أُوقف الاستيراد، وحُفظت المقالات التي استُوردت.</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import articles</source>
        <translation>استيراد مقالات</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>استيراد</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>يجري الاستيراد…</translation>
    </message>
    <message>
        <source>Not all labels in the files are known yet.</source>
        <translation>لم تُعرف كل وسوم الملفات بعد.</translation>
    </message>
    <message numerus="yes">
        <source>Map %n label(s) to continue.</source>
        <translation>
            <numerusform>لا توجد وسوم بلا مقابل.</numerusform>
            <numerusform>اختر مقابل وسم واحد للمتابعة.</numerusform>
            <numerusform>اختر مقابل وسمين للمتابعة.</numerusform>
            <numerusform>اختر مقابل %n وسوم للمتابعة.</numerusform>
            <numerusform>اختر مقابل %n وسماً للمتابعة.</numerusform>
            <numerusform>اختر مقابل %n وسم للمتابعة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose the annotator of the labels.</source>
        <translation>اختر الموسِّم الذي وضع هذه الوسوم.</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) cannot be imported and will be listed.</source>
        <translation>
            <numerusform>لا توجد عناصر يتعذّر استيرادها.</numerusform>
            <numerusform>يتعذّر استيراد عنصر واحد، وسيُذكر في النتيجة.</numerusform>
            <numerusform>يتعذّر استيراد عنصرين، وسيُذكران في النتيجة.</numerusform>
            <numerusform>يتعذّر استيراد %n عناصر، وستُذكر في النتيجة.</numerusform>
            <numerusform>يتعذّر استيراد %n عنصراً، وستُذكر في النتيجة.</numerusform>
            <numerusform>يتعذّر استيراد %n عنصر، وستُذكر في النتيجة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Scanning files…</source>
        <translation>يجري فحص الملفات…</translation>
    </message>
</context>
<context>
    <name>ImportMessages</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>لا توجد ملفات</numerusform>
            <numerusform>ملف واحد</numerusform>
            <numerusform>ملفان</numerusform>
            <numerusform>%n ملفات</numerusform>
            <numerusform>%n ملفاً</numerusform>
            <numerusform>%n ملف</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s)</source>
        <translation>
            <numerusform>لا توجد مقالات</numerusform>
            <numerusform>مقالة واحدة</numerusform>
            <numerusform>مقالتان</numerusform>
            <numerusform>%n مقالات</numerusform>
            <numerusform>%n مقالة</numerusform>
            <numerusform>%n مقالة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) in them</source>
        <translation>
            <numerusform>لا توجد وسوم فيها</numerusform>
            <numerusform>وسم واحد فيها</numerusform>
            <numerusform>وسمان فيها</numerusform>
            <numerusform>%n وسوم فيها</numerusform>
            <numerusform>%n وسماً فيها</numerusform>
            <numerusform>%n وسم فيها</numerusform>
        </translation>
    </message>
    <message>
        <source>At least: {0}</source>
        <translation>على الأقل: {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s)</source>
        <translation>
            <numerusform>لا توجد وسوم</numerusform>
            <numerusform>وسم واحد</numerusform>
            <numerusform>وسمان</numerusform>
            <numerusform>%n وسوم</numerusform>
            <numerusform>%n وسماً</numerusform>
            <numerusform>%n وسم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) added.</source>
        <translation>
            <numerusform>لم تُضف أي مقالة.</numerusform>
            <numerusform>أُضيفت مقالة واحدة.</numerusform>
            <numerusform>أُضيفت مقالتان.</numerusform>
            <numerusform>أُضيفت %n مقالات.</numerusform>
            <numerusform>أُضيفت %n مقالة.</numerusform>
            <numerusform>أُضيفت %n مقالة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed article(s) restored.</source>
        <translation>
            <numerusform>لم تُستعد أي مقالة محذوفة.</numerusform>
            <numerusform>استُعيدت مقالة محذوفة واحدة.</numerusform>
            <numerusform>استُعيدت مقالتان محذوفتان.</numerusform>
            <numerusform>استُعيدت %n مقالات محذوفة.</numerusform>
            <numerusform>استُعيدت %n مقالة محذوفة.</numerusform>
            <numerusform>استُعيدت %n مقالة محذوفة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) already in the project.</source>
        <translation>
            <numerusform>لا توجد مقالات مكرّرة في المشروع.</numerusform>
            <numerusform>مقالة واحدة موجودة في المشروع من قبل.</numerusform>
            <numerusform>مقالتان موجودتان في المشروع من قبل.</numerusform>
            <numerusform>%n مقالات موجودة في المشروع من قبل.</numerusform>
            <numerusform>%n مقالة موجودة في المشروع من قبل.</numerusform>
            <numerusform>%n مقالة موجودة في المشروع من قبل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) imported.</source>
        <translation>
            <numerusform>لم يُستورد أي وسم.</numerusform>
            <numerusform>استُورد وسم واحد.</numerusform>
            <numerusform>استُورد وسمان.</numerusform>
            <numerusform>استُوردت %n وسوم.</numerusform>
            <numerusform>استُورد %n وسماً.</numerusform>
            <numerusform>استُورد %n وسم.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) already in the project.</source>
        <translation>
            <numerusform>لا توجد وسوم مكرّرة في المشروع.</numerusform>
            <numerusform>وسم واحد موجود في المشروع من قبل.</numerusform>
            <numerusform>وسمان موجودان في المشروع من قبل.</numerusform>
            <numerusform>%n وسوم موجودة في المشروع من قبل.</numerusform>
            <numerusform>%n وسماً موجوداً في المشروع من قبل.</numerusform>
            <numerusform>%n وسم موجود في المشروع من قبل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) in the files were not imported.</source>
        <translation>
            <numerusform>لا توجد وسوم لم تُستورد.</numerusform>
            <numerusform>وسم واحد في الملفات لم يُستورد.</numerusform>
            <numerusform>وسمان في الملفات لم يُستوردا.</numerusform>
            <numerusform>%n وسوم في الملفات لم تُستورد.</numerusform>
            <numerusform>%n وسماً في الملفات لم تُستورد.</numerusform>
            <numerusform>%n وسم في الملفات لم تُستورد.</numerusform>
        </translation>
    </message>
    <message>
        <source>Dropped as chosen: {0} with the label {1}.</source>
        <translation>استُبعد كما اخترت: {0} بالوسم {1}.</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) imported.</source>
        <translation>
            <numerusform>لم تُستورد ملاحظات.</numerusform>
            <numerusform>استُوردت ملاحظة واحدة.</numerusform>
            <numerusform>استُوردت ملاحظتان.</numerusform>
            <numerusform>استُوردت %n ملاحظات.</numerusform>
            <numerusform>استُوردت %n ملاحظة.</numerusform>
            <numerusform>استُوردت %n ملاحظة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) in the files were not imported.</source>
        <translation>
            <numerusform>لا توجد ملاحظات لم تُستورد.</numerusform>
            <numerusform>ملاحظة واحدة في الملفات لم تُستورد.</numerusform>
            <numerusform>ملاحظتان في الملفات لم تُستوردا.</numerusform>
            <numerusform>%n ملاحظات في الملفات لم تُستورد.</numerusform>
            <numerusform>%n ملاحظة في الملفات لم تُستورد.</numerusform>
            <numerusform>%n ملاحظة في الملفات لم تُستورد.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) could not be imported:</source>
        <translation>
            <numerusform>لا توجد عناصر تعذّر استيرادها:</numerusform>
            <numerusform>تعذّر استيراد عنصر واحد:</numerusform>
            <numerusform>تعذّر استيراد عنصرين:</numerusform>
            <numerusform>تعذّر استيراد %n عناصر:</numerusform>
            <numerusform>تعذّر استيراد %n عنصراً:</numerusform>
            <numerusform>تعذّر استيراد %n عنصر:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of unsupported types were skipped.</source>
        <translation>
            <numerusform>لم يُستبعد أي ملف.</numerusform>
            <numerusform>استُبعد ملف واحد من نوع غير مدعوم.</numerusform>
            <numerusform>استُبعد ملفان من أنواع غير مدعومة.</numerusform>
            <numerusform>استُبعدت %n ملفات من أنواع غير مدعومة.</numerusform>
            <numerusform>استُبعد %n ملفاً من أنواع غير مدعومة.</numerusform>
            <numerusform>استُبعد %n ملف من أنواع غير مدعومة.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportOptionsPage</name>
    <message>
        <source>Do not import</source>
        <translation>عدم استيرادها</translation>
    </message>
    <message>
        <source>Import as suggestions to review</source>
        <translation>استيرادها اقتراحات للمراجعة</translation>
    </message>
    <message>
        <source>Import as annotations by</source>
        <translation>استيرادها باسم الموسِّم</translation>
    </message>
    <message>
        <source>Open label map…</source>
        <translation>فتح جدول مطابقة الوسوم…</translation>
    </message>
    <message>
        <source>Save label map…</source>
        <translation>حفظ جدول مطابقة الوسوم…</translation>
    </message>
    <message>
        <source>Labels in the map that are not in this project: {0}</source>
        <translation>وسوم في جدول المطابقة ليست في هذا المشروع: {0}</translation>
    </message>
    <message>
        <source>Label maps</source>
        <translation>جداول مطابقة الوسوم</translation>
    </message>
    <message>
        <source>Open label map</source>
        <translation>فتح جدول مطابقة الوسوم</translation>
    </message>
    <message>
        <source>Save label map</source>
        <translation>حفظ جدول مطابقة الوسوم</translation>
    </message>
    <message>
        <source>First articles</source>
        <translation>المقالات الأولى</translation>
    </message>
    <message>
        <source>Annotator of the labels</source>
        <translation>موسِّم هذه الوسوم</translation>
    </message>
    <message>
        <source>all</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>Sentences per article</source>
        <translation>عدد جمل المقالة</translation>
    </message>
    <message>
        <source>Sentences per article, if the file does not separate articles</source>
        <translation>عدد جمل المقالة، إن لم يفصل الملف بين المقالات</translation>
    </message>
    <message>
        <source>Labels in the files</source>
        <translation>الوسوم في الملفات</translation>
    </message>
    <message>
        <source>These labels are not in the project. Map or drop each one.</source>
        <translation>ليست هذه الوسوم في المشروع. اختر لكل منها مقابلاً أو استبعده.</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Stopping…</source>
        <translation>يجري الإيقاف…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
</context>
<context>
    <name>JumpBar</name>
    <message>
        <source>First letters of a word</source>
        <translation>أول حروف الكلمة</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>اختصارات لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Command name or key</source>
        <translation>اسم أمر أو مفتاح</translation>
    </message>
    <message>
        <source>Customise shortcuts…</source>
        <translation>تغيير الاختصارات…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>KindTable</name>
    <message>
        <source>Files and their formats</source>
        <translation>الملفات وصيغها</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>الملفات</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>الصيغة</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>المقالات</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>الوسوم</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>لا توجد ملفات</numerusform>
            <numerusform>ملف واحد</numerusform>
            <numerusform>ملفان</numerusform>
            <numerusform>%n ملفات</numerusform>
            <numerusform>%n ملفاً</numerusform>
            <numerusform>%n ملف</numerusform>
        </translation>
    </message>
    <message>
        <source>Format of {0}</source>
        <translation>صيغة {0}</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>غير مدعومة</translation>
    </message>
</context>
<context>
    <name>LabelAllDialog</name>
    <message>
        <source>Label all occurrences</source>
        <translation>توسيم الاسم أينما ورد</translation>
    </message>
    <message>
        <source>Occurrences of the name</source>
        <translation>مواضع الاسم</translation>
    </message>
    <message>
        <source>Choose a label</source>
        <translation>اختر وسماً</translation>
    </message>
    <message>
        <source>Label to apply</source>
        <translation>الوسم المراد وضعه</translation>
    </message>
    <message>
        <source>In this article: {0}</source>
        <translation>في هذه المقالة: {0}</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>يجري البحث…</translation>
    </message>
    <message numerus="yes">
        <source>Label %n place(s)</source>
        <translation>
            <numerusform>لا توجد مواضع للتوسيم</numerusform>
            <numerusform>توسيم موضع واحد</numerusform>
            <numerusform>توسيم موضعين</numerusform>
            <numerusform>توسيم %n مواضع</numerusform>
            <numerusform>توسيم %n موضعاً</numerusform>
            <numerusform>توسيم %n موضع</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to label</source>
        <translation>لا يوجد ما يُوسَم</translation>
    </message>
    <message>
        <source>Space selects</source>
        <translation>مفتاح المسافة للتحديد</translation>
    </message>
    <message>
        <source>digits choose the label</source>
        <translation>الأرقام لاختيار الوسم</translation>
    </message>
    <message>
        <source>In all articles</source>
        <translation>في كل المقالات</translation>
    </message>
    <message>
        <source>In all articles: {0}</source>
        <translation>في كل المقالات: {0}</translation>
    </message>
    <message>
        <source>{0} for all articles</source>
        <translation>{0} لكل المقالات</translation>
    </message>
</context>
<context>
    <name>LabelCheckPage</name>
    <message>
        <source>Check labels</source>
        <translation>فحص الوسوم</translation>
    </message>
    <message>
        <source>Checking the labels…</source>
        <translation>يجري فحص الوسوم…</translation>
    </message>
    <message>
        <source>Include unfinished articles</source>
        <translation>إدراج المقالات غير المنجزة</translation>
    </message>
    <message>
        <source>Check articles that you have not marked as done, too</source>
        <translation>فحص المقالات التي لم تُنجز أيضاً</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>القواعد…</translation>
    </message>
    <message>
        <source>Regular expressions whose places must have a label</source>
        <translation>تعابير نمطية يجب أن تحمل مواضعها وسماً</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>إعادة الفحص</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>تصحيح</translation>
    </message>
    <message>
        <source>Keep as it is</source>
        <translation>إبقاء كما هو</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>إبقاء الكل</translation>
    </message>
    <message>
        <source>Show in the article</source>
        <translation>عرض في المقالة</translation>
    </message>
    <message>
        <source>Places of the case</source>
        <translation>مواضع الحالة</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>نسبة إنجاز الفحص</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>أُوقف.</translation>
    </message>
    <message>
        <source>Articles checked: {0}</source>
        <translation>المقالات المفحوصة: {0}</translation>
    </message>
    <message>
        <source>annotations: {0}</source>
        <translation>الوسوم المؤكدة: {0}</translation>
    </message>
    <message>
        <source>unfinished articles left out: {0}</source>
        <translation>مقالات غير منجزة مستبعدة: {0}</translation>
    </message>
    <message>
        <source>kept earlier: {0}</source>
        <translation>أُبقيت سابقاً: {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n other place(s) agree with the correction.</source>
        <translation>
            <numerusform>لا توافق التصحيح مواضع أخرى.</numerusform>
            <numerusform>يوافق التصحيح موضع واحد آخر.</numerusform>
            <numerusform>يوافق التصحيح موضعان آخران.</numerusform>
            <numerusform>توافق التصحيح %n مواضع أخرى.</numerusform>
            <numerusform>يوافق التصحيح %n موضعاً آخر.</numerusform>
            <numerusform>يوافق التصحيح %n موضع آخر.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose “Check again”.</source>
        <translation>اختر «إعادة الفحص».</translation>
    </message>
    <message>
        <source>No case is left here. Choose another filter.</source>
        <translation>لم تبق حالة هنا. اختر تصفية أخرى.</translation>
    </message>
    <message>
        <source>All cases are decided.</source>
        <translation>حُسمت كل الحالات.</translation>
    </message>
    <message>
        <source>No case was found: the labels agree with one another.</source>
        <translation>لا توجد حالات: الوسوم متسقة.</translation>
    </message>
    <message>
        <source>No correction is proposed here. Give a label, or keep it as it is.</source>
        <translation>لا يوجد تصحيح مقترح هنا. ضع وسماً، أو أبقِ الموضع كما هو.</translation>
    </message>
    <message>
        <source>Nothing changed: the labels were edited since the check, or the correction would overlap another.</source>
        <translation>لم يتغيّر شيء: عُدِّل الوسم بعد الفحص، أو يتداخل التصحيح مع وسم آخر.</translation>
    </message>
    <message>
        <source>Fix all ({0})</source>
        <translation>تصحيح الكل ({0})</translation>
    </message>
    <message>
        <source>Correct this place as proposed</source>
        <translation>تصحيح هذا الموضع كما هو مقترح</translation>
    </message>
    <message>
        <source>Correct all places of the case as proposed; one undo takes it back</source>
        <translation>تصحيح كل مواضع الحالة كما هو مقترح، ويكفي تراجع واحد لإلغائه</translation>
    </message>
    <message>
        <source>This place is right: do not report it again</source>
        <translation>هذا الموضع صحيح فلا يُعرض ثانية</translation>
    </message>
    <message>
        <source>All places of the case are right: do not report them again</source>
        <translation>كل مواضع الحالة صحيحة فلا تُعرض ثانية</translation>
    </message>
    <message>
        <source>Show this place in its article</source>
        <translation>عرض هذا الموضع في مقالته</translation>
    </message>
    <message>
        <source>{0} fixes</source>
        <translation>{0} للتصحيح</translation>
    </message>
    <message>
        <source>{0} fixes all</source>
        <translation>{0} لتصحيح الكل</translation>
    </message>
    <message>
        <source>{0} keeps</source>
        <translation>{0} للإبقاء</translation>
    </message>
    <message>
        <source>{0} keeps all</source>
        <translation>{0} لإبقاء الكل</translation>
    </message>
    <message>
        <source>digits give a label</source>
        <translation>الأرقام لوضع وسم</translation>
    </message>
    <message>
        <source>{0} places</source>
        <translation>{0} للمواضع</translation>
    </message>
    <message>
        <source>{0} cases</source>
        <translation>{0} للحالات</translation>
    </message>
    <message>
        <source>{0} article</source>
        <translation>{0} للمقالة</translation>
    </message>
    <message>
        <source>Ask a model too</source>
        <translation>الاستعانة بنموذج</translation>
    </message>
    <message>
        <source>Train a model on your articles, and report where it differs; takes minutes</source>
        <translation>تدريب نموذج على مقالاتك وعرض المواضع التي يخالفها؛ يستغرق دقائق</translation>
    </message>
</context>
<context>
    <name>LabelFirstBar</name>
    <message>
        <source>Label first:</source>
        <translation>الوسم أولاً:</translation>
    </message>
    <message>
        <source>choose a label by its key or a click</source>
        <translation>اختر وسماً برقمه أو بنقرة</translation>
    </message>
    <message>
        <source>every drag or double-click gives it</source>
        <translation>يوضع على كل ما يُحدَّد بالسحب أو النقر المزدوج</translation>
    </message>
    <message>
        <source>End</source>
        <translation>إنهاء</translation>
    </message>
    <message>
        <source>End label first</source>
        <translation>إنهاء اختيار الوسم أولاً</translation>
    </message>
</context>
<context>
    <name>LabelForm</name>
    <message>
        <source>Name in Arabic</source>
        <translation>الاسم بالعربية</translation>
    </message>
    <message>
        <source>Name in English</source>
        <translation>الاسم بالإنجليزية</translation>
    </message>
    <message>
        <source>ID in exports</source>
        <translation>المعرّف في التصدير</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>الاختصار</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>الألوان</translation>
    </message>
    <message>
        <source>Guideline in Arabic</source>
        <translation>الدليل بالعربية</translation>
    </message>
    <message>
        <source>Guideline in English</source>
        <translation>الدليل بالإنجليزية</translation>
    </message>
    <message>
        <source>Like this: one per line, the name in [brackets]</source>
        <translation>أمثلة صحيحة: مثال في كل سطر، والاسم بين [معقوفين]</translation>
    </message>
    <message>
        <source>Not like this</source>
        <translation>أمثلة خاطئة</translation>
    </message>
    <message>
        <source>none</source>
        <translation>بلا اختصار</translation>
    </message>
    <message>
        <source>{0} was the shortcut of {1}, which has none now.</source>
        <translation>كان {0} اختصار الوسم {1}، ولم يبقَ له اختصار.</translation>
    </message>
</context>
<context>
    <name>LabelMapTable</name>
    <message>
        <source>Label map</source>
        <translation>جدول مطابقة الوسوم</translation>
    </message>
    <message>
        <source>In the files</source>
        <translation>في الملفات</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>مرات الورود</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>مثال</translation>
    </message>
    <message>
        <source>Maps to</source>
        <translation>يقابله</translation>
    </message>
    <message>
        <source>choose…</source>
        <translation>اختر…</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>استبعاد</translation>
    </message>
    <message>
        <source>Label for {0}</source>
        <translation>الوسم الذي يقابل {0}</translation>
    </message>
</context>
<context>
    <name>LabelUsageModel</name>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>لم يرد</numerusform>
            <numerusform>مرة واحدة</numerusform>
            <numerusform>مرتان</numerusform>
            <numerusform>%n مرات</numerusform>
            <numerusform>%n مرة</numerusform>
            <numerusform>%n مرة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabelsPage</name>
    <message>
        <source>Labels of another annotator</source>
        <translation>توسيم موسِّم آخر</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>الموسِّم</translation>
    </message>
    <message>
        <source>Labels in this article: {0}</source>
        <translation>التوسيمات في هذه المقالة: {0}</translation>
    </message>
</context>
<context>
    <name>LaneDelegate</name>
    <message>
        <source>no label</source>
        <translation>بلا وسم</translation>
    </message>
</context>
<context>
    <name>LaneModel</name>
    <message>
        <source>settled</source>
        <translation>محسوم</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>بلا وسم</translation>
    </message>
</context>
<context>
    <name>LongTaskDialog</name>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Continue in background</source>
        <translation>متابعة في الخلفية</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>يجري الإيقاف…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Annotation editor</source>
        <translation>برنامج التوسيم</translation>
    </message>
    <message>
        <source>{0} is read-only. You can view and export it. To edit it, make the file and its folder writable, or open a copy.</source>
        <translation>الملف {0} للقراءة فقط، ويمكنك عرضه وتصديره. للتعديل اجعل الملف ومجلده قابلين للكتابة، أو افتح نسخة منه.</translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) done</source>
        <translation>
            <numerusform>لم تُنجز مقالات</numerusform>
            <numerusform>أُنجزت مقالة واحدة</numerusform>
            <numerusform>أُنجزت مقالتان</numerusform>
            <numerusform>أُنجزت %n مقالات</numerusform>
            <numerusform>أُنجزت %n مقالة</numerusform>
            <numerusform>أُنجزت %n مقالة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s)</source>
        <translation>
            <numerusform>لا قرارات</numerusform>
            <numerusform>قرار واحد</numerusform>
            <numerusform>قراران</numerusform>
            <numerusform>%n قرارات</numerusform>
            <numerusform>%n قراراً</numerusform>
            <numerusform>%n قرار</numerusform>
        </translation>
    </message>
    <message>
        <source>This session: {0}</source>
        <translation>هذه الجلسة: {0}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
</context>
<context>
    <name>ManualDialog</name>
    <message>
        <source>Manual</source>
        <translation>دليل الاستخدام</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>المحتويات</translation>
    </message>
    <message>
        <source>Find in page</source>
        <translation>البحث في الصفحة</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>السابق</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>التالي</translation>
    </message>
</context>
<context>
    <name>MergeController</name>
    <message>
        <source>Merging…</source>
        <translation>يجري الدمج…</translation>
    </message>
    <message>
        <source>A merge is already running. Wait for it to finish, or stop it.</source>
        <translation>يجري دمج آخر. انتظر انتهاءه أو أوقفه.</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Merge copies</source>
        <translation>دمج النسخ</translation>
    </message>
    <message>
        <source>Add copies…</source>
        <translation>إضافة نسخ…</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>دمج</translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
    <message>
        <source>Merging…</source>
        <translation>يجري الدمج…</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>المشاريع</translation>
    </message>
    <message>
        <source>Copies of this project</source>
        <translation>نسخ هذا المشروع</translation>
    </message>
    <message>
        <source>Adds all articles, annotators and decisions of the copies. Nothing in this project is lost.</source>
        <translation>تُضاف مقالات النسخ وموسِّموها وقراراتها، ولا يُفقد شيء من هذا المشروع.</translation>
    </message>
    <message>
        <source>Add the copies that other annotators worked on.</source>
        <translation>أضف النسخ التي عمل عليها موسِّمون آخرون.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them cannot be merged and will be skipped.</source>
        <translation>
            <numerusform>لا توجد نسخ يتعذّر دمجها.</numerusform>
            <numerusform>يتعذّر دمج نسخة واحدة، وستُستبعد.</numerusform>
            <numerusform>يتعذّر دمج نسختين، وستُستبعدان.</numerusform>
            <numerusform>يتعذّر دمج %n نسخ، وستُستبعد.</numerusform>
            <numerusform>يتعذّر دمج %n نسخة، وستُستبعد.</numerusform>
            <numerusform>يتعذّر دمج %n نسخة، وستُستبعد.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the copies…</source>
        <translation>تجري قراءة النسخ…</translation>
    </message>
    <message>
        <source>The copies themselves were not changed. You can merge them again at any time.</source>
        <translation>لم تتغيّر النسخ نفسها، ويمكن دمجها مجدداً في أي وقت.</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
</context>
<context>
    <name>MergeMessages</name>
    <message numerus="yes">
        <source>%n article(s) added.</source>
        <translation>
            <numerusform>لم تُضف أي مقالة.</numerusform>
            <numerusform>أُضيفت مقالة واحدة.</numerusform>
            <numerusform>أُضيفت مقالتان.</numerusform>
            <numerusform>أُضيفت %n مقالات.</numerusform>
            <numerusform>أُضيفت %n مقالة.</numerusform>
            <numerusform>أُضيفت %n مقالة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) added.</source>
        <translation>
            <numerusform>لم تُضف أي قرارات.</numerusform>
            <numerusform>أُضيف قرار واحد.</numerusform>
            <numerusform>أُضيف قراران.</numerusform>
            <numerusform>أُضيفت %n قرارات.</numerusform>
            <numerusform>أُضيف %n قراراً.</numerusform>
            <numerusform>أُضيف %n قرار.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) have a label that is no longer in the project: {0}. They were kept. Change their label, or add the label again.</source>
        <translation>
            <numerusform>لا توجد مواضع بوسم لم يعد في قائمة وسوم المشروع: {0}.</numerusform>
            <numerusform>بقي موضع واحد بوسم لم يعد في قائمة وسوم المشروع: {0}. غيّر وسمه، أو أضف الوسم إلى القائمة.</numerusform>
            <numerusform>بقي موضعان بوسم لم يعد في قائمة وسوم المشروع: {0}. غيّر وسمهما، أو أضف الوسم إلى القائمة.</numerusform>
            <numerusform>بقيت %n مواضع بوسم لم يعد في قائمة وسوم المشروع: {0}. غيّر وسومها، أو أضف الوسم إلى القائمة.</numerusform>
            <numerusform>بقي %n موضعاً بوسم لم يعد في قائمة وسوم المشروع: {0}. غيّر وسومها، أو أضف الوسم إلى القائمة.</numerusform>
            <numerusform>بقي %n موضع بوسم لم يعد في قائمة وسوم المشروع: {0}. غيّر وسومها، أو أضف الوسم إلى القائمة.</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
    <message>
        <source>Each label was deleted in some copy, so all were kept. Delete those you do not need.</source>
        <translation>حُذف كل وسم في إحدى النسخ، ولذلك أُبقيت الوسوم كلها. احذف منها ما لا تحتاج إليه.</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) were labelled by one annotator and rejected by another.</source>
        <translation>
            <numerusform>لا توجد مواضع وسمها أحد الموسِّمين ورفضها آخر.</numerusform>
            <numerusform>موضع واحد وسمه أحد الموسِّمين ورفضه آخر.</numerusform>
            <numerusform>موضعان وسمهما أحد الموسِّمين ورفضهما آخر.</numerusform>
            <numerusform>%n مواضع وسمها أحد الموسِّمين ورفضها آخر.</numerusform>
            <numerusform>%n موضعاً وسمها أحد الموسِّمين ورفضها آخر.</numerusform>
            <numerusform>%n موضع وسمها أحد الموسِّمين ورفضها آخر.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) were confirmed and rejected by one annotator in different copies. The labels were kept. Remove those that are wrong.</source>
        <translation>
            <numerusform>لا توجد مواضع أكّدها ورفضها الموسِّم نفسه في نسختين مختلفتين.</numerusform>
            <numerusform>موضع واحد أكّده ورفضه الموسِّم نفسه في نسختين مختلفتين. بقي الوسم. أزله إن كان خطأ.</numerusform>
            <numerusform>موضعان أكّدهما ورفضهما الموسِّم نفسه في نسختين مختلفتين. بقي الوسمان. أزل الخطأ منهما.</numerusform>
            <numerusform>%n مواضع أكّدها ورفضها الموسِّم نفسه في نسختين مختلفتين. بقيت الوسوم. أزل الخطأ منها.</numerusform>
            <numerusform>%n موضعاً أكّدها ورفضها الموسِّم نفسه في نسختين مختلفتين. بقيت الوسوم. أزل الخطأ منها.</numerusform>
            <numerusform>%n موضع أكّدها ورفضها الموسِّم نفسه في نسختين مختلفتين. بقيت الوسوم. أزل الخطأ منها.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was merged.</source>
        <translation>لم يُدمج شيء.</translation>
    </message>
    <message numerus="yes">
        <source>The clock on the computer of {0} is %n minute(s) fast, so decisions made there count as later than corrections made in other copies. Set that clock, and check the places concerned.</source>
        <translation>
            <numerusform>ساعة حاسوب {0} متقدمة أقل من دقيقة، فتُعدّ القرارات المتخذة عليه أحدث من التصحيحات التي أُجريت في نسخ أخرى في هذه الأثناء. اضبط تلك الساعة وراجع المواضع المعنية.</numerusform>
            <numerusform>ساعة حاسوب {0} متقدمة دقيقة واحدة، فتُعدّ القرارات المتخذة عليه أحدث من التصحيحات التي أُجريت في نسخ أخرى في هذه الأثناء. اضبط تلك الساعة وراجع المواضع المعنية.</numerusform>
            <numerusform>ساعة حاسوب {0} متقدمة دقيقتين، فتُعدّ القرارات المتخذة عليه أحدث من التصحيحات التي أُجريت في نسخ أخرى في هذه الأثناء. اضبط تلك الساعة وراجع المواضع المعنية.</numerusform>
            <numerusform>ساعة حاسوب {0} متقدمة %n دقائق، فتُعدّ القرارات المتخذة عليه أحدث من التصحيحات التي أُجريت في نسخ أخرى في هذه الأثناء. اضبط تلك الساعة وراجع المواضع المعنية.</numerusform>
            <numerusform>ساعة حاسوب {0} متقدمة %n دقيقة، فتُعدّ القرارات المتخذة عليه أحدث من التصحيحات التي أُجريت في نسخ أخرى في هذه الأثناء. اضبط تلك الساعة وراجع المواضع المعنية.</numerusform>
            <numerusform>ساعة حاسوب {0} متقدمة %n دقيقة، فتُعدّ القرارات المتخذة عليه أحدث من التصحيحات التي أُجريت في نسخ أخرى في هذه الأثناء. اضبط تلك الساعة وراجع المواضع المعنية.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) have more than one label by one annotator. Remove the wrong ones:</source>
        <translation>
            <numerusform>لا توجد مواضع لها أكثر من وسم من موسِّم واحد.</numerusform>
            <numerusform>موضع واحد له أكثر من وسم من موسِّم واحد. أزل الخطأ منها:</numerusform>
            <numerusform>موضعان لهما أكثر من وسم من موسِّم واحد. أزل الخطأ منها:</numerusform>
            <numerusform>%n مواضع لها أكثر من وسم من موسِّم واحد. أزل الخطأ منها:</numerusform>
            <numerusform>%n موضعاً لها أكثر من وسم من موسِّم واحد. أزل الخطأ منها:</numerusform>
            <numerusform>%n موضع لها أكثر من وسم من موسِّم واحد. أزل الخطأ منها:</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}: {1} ({2}), by {3}</source>
        <translation>{0}: {1} ({2})، من {3}</translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>ولا شيء غيرها.</numerusform>
            <numerusform>وموضع آخر.</numerusform>
            <numerusform>وموضعان آخران.</numerusform>
            <numerusform>و%n مواضع أخرى.</numerusform>
            <numerusform>و%n موضعاً آخر.</numerusform>
            <numerusform>و%n موضع آخر.</numerusform>
        </translation>
    </message>
    <message>
        <source>Merge stopped.</source>
        <translation>أُوقف الدمج.</translation>
    </message>
    <message>
        <source>What was merged so far was kept. Merge the copies again to add the rest.</source>
        <translation>حُفظ ما دُمج. أعد دمج النسخ لإضافة الباقي.</translation>
    </message>
    <message numerus="yes">
        <source>%n settled article(s) have changed since. Settle what is left.</source>
        <translation>
            <numerusform>لم تتغيّر أي مقالة محسومة.</numerusform>
            <numerusform>تغيّرت مقالة واحدة بعد حسمها. احسم ما بقي فيها.</numerusform>
            <numerusform>تغيّرت مقالتان بعد حسمهما. احسم ما بقي فيهما.</numerusform>
            <numerusform>تغيّرت %n مقالات بعد حسمها. احسم ما بقي فيها.</numerusform>
            <numerusform>تغيّرت %n مقالة بعد حسمها. احسم ما بقي فيها.</numerusform>
            <numerusform>تغيّرت %n مقالة بعد حسمها. احسم ما بقي فيها.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s) were settled differently in separate copies. The later decision counts. Settle them again.</source>
        <translation>
            <numerusform>لا اختلافات حُسمت على وجهين.</numerusform>
            <numerusform>حُسم اختلاف واحد على وجهين في نسختين. يُعتمد القرار الأخير. احسمه مرة أخرى.</numerusform>
            <numerusform>حُسم اختلافان على وجهين في نسختين. يُعتمد القرار الأخير. احسمهما مرة أخرى.</numerusform>
            <numerusform>حُسمت %n اختلافات على وجهين في نسختين. يُعتمد القرار الأخير. احسمها مرة أخرى.</numerusform>
            <numerusform>حُسم %n اختلافاً على وجهين في نسختين. يُعتمد القرار الأخير. احسمها مرة أخرى.</numerusform>
            <numerusform>حُسم %n اختلاف على وجهين في نسختين. يُعتمد القرار الأخير. احسمها مرة أخرى.</numerusform>
        </translation>
    </message>
    <message>
        <source>Labels that are no longer in the project</source>
        <translation>وسوم لم تعد في المشروع</translation>
    </message>
    <message>
        <source>Labelled by one annotator, rejected by another</source>
        <translation>مواضع وسمها موسِّم ورفضها آخر</translation>
    </message>
    <message>
        <source>Confirmed and rejected by one annotator</source>
        <translation>مواضع أكّدها موسِّم واحد ورفضها</translation>
    </message>
    <message>
        <source>More than one label by one annotator</source>
        <translation>مواضع لها أكثر من وسم من موسِّم واحد</translation>
    </message>
    <message>
        <source>Changed after it was settled</source>
        <translation>مواضع تغيّرت بعد حسمها</translation>
    </message>
    <message>
        <source>Settled differently by two adjudicators</source>
        <translation>مواضع حسمها محكِّمان على وجهين</translation>
    </message>
    <message>
        <source>{0} has the role “{1}” in a copy, given with an earlier version. It does not count here. A lead can give it again under Team › People.</source>
        <translation>في إحدى النسخ دور {0} هو «{1}»، وقد حُدّد بإصدار سابق، فلا يسري هنا. يمكن لمشرف الفريق تحديده من جديد في: فريق ‹ الأشخاص.</translation>
    </message>
    <message>
        <source>{0} let annotators see each other&apos;s labels.</source>
        <translation>سمح {0} للموسِّمين بأن يرى بعضهم توسيم بعض.</translation>
    </message>
    <message>
        <source>{0} hid the labels of annotators from each other.</source>
        <translation>منع {0} الموسِّمين من أن يرى بعضهم توسيم بعض.</translation>
    </message>
    <message>
        <source>{0} undid a change of the role of {1}.</source>
        <translation>تراجع {0} عن تغيير دور {1}.</translation>
    </message>
    <message>
        <source>{0} took the role “{2}”.</source>
        <translation>اتخذ {0} لنفسه دور «{2}».</translation>
    </message>
    <message>
        <source>{0} gave {1} the role “{2}”.</source>
        <translation>أعطى {0} دور «{2}» إلى {1}.</translation>
    </message>
    <message>
        <source>{0} This does not count: only a lead can change it.</source>
        <translation>{0} لا يسري هذا، فلا يغيّره إلا مشرف الفريق.</translation>
    </message>
    <message>
        <source>{0} made decisions in two copies at the same time: {1} here and {2} in a copy. If these are two people, one of them must become a new person: on that computer, add the name under Team › People, and choose Work as this person.</source>
        <translation>اتُّخذت قرارات باسم {0} في نسختين في الوقت نفسه: {1} هنا و{2} في نسخة أخرى. إن كانا شخصين فيجب أن يصبح أحدهما شخصاً جديداً: أضف اسمه على حاسوبه في: فريق ‹ الأشخاص، ثم اختر «العمل باسم هذا الشخص».</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>ModelController</name>
    <message>
        <source>{0} is installed.</source>
        <translation>ثُبِّت {0}.</translation>
    </message>
    <message>
        <source>{0} is installed. Press {1} to use it.</source>
        <translation>ثُبِّت {0}. لاستخدامه اضغط {1}.</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>النماذج</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>الرخصة</translation>
    </message>
    <message>
        <source>I have read this licence and accept it</source>
        <translation>قرأت هذه الرخصة وأقبلها</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>تثبيت</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>من ملف…</translation>
    </message>
    <message>
        <source>For computers without a network: a zip archive downloaded elsewhere</source>
        <translation>للأجهزة غير المتصلة بالشبكة: ملف zip نُزِّل على جهاز آخر</translation>
    </message>
    <message>
        <source>From a folder…</source>
        <translation>من مجلد…</translation>
    </message>
    <message>
        <source>For computers without a network: a folder with the model&apos;s files</source>
        <translation>للأجهزة غير المتصلة بالشبكة: مجلد فيه ملفات النموذج</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>التحقق</translation>
    </message>
    <message>
        <source>Read every file and compare it with what was installed</source>
        <translation>قراءة كل ملف ومقارنته بما ثُبِّت</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>{0} was removed.</source>
        <translation>حُذف {0}.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>أُوقف العمل، ولم يتغيّر شيء.</translation>
    </message>
    <message>
        <source>Resume download</source>
        <translation>متابعة التنزيل</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>ملفات مضغوطة</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>كل الملفات</translation>
    </message>
    <message>
        <source>The model&apos;s archive</source>
        <translation>ملف النموذج</translation>
    </message>
    <message>
        <source>The model&apos;s folder</source>
        <translation>مجلد النموذج</translation>
    </message>
    <message>
        <source>Remove {0}? To use it again, you must download {1} again.</source>
        <translation>أتريد حذف {0}؟ لاستخدامه مجدداً يجب تنزيل {1} من جديد.</translation>
    </message>
    <message>
        <source>{0} is installed and verified.</source>
        <translation>ثُبِّت {0} وجرى التحقق منه.</translation>
    </message>
    <message>
        <source>Generate suggestions with it now</source>
        <translation>توليد الاقتراحات به الآن</translation>
    </message>
    <message>
        <source>{0} is OK. All files match.</source>
        <translation>النموذج {0} سليم. كل الملفات مطابقة.</translation>
    </message>
    <message>
        <source>Faster: compute with 8 bits (int8), in a third to half of the time</source>
        <translation>أسرع: حساب بثمانية بتات (int8)، في ثلث الوقت إلى نصفه</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>تحويل</translation>
    </message>
    <message>
        <source>{0} is switched on.</source>
        <translation>شُغِّل {0}.</translation>
    </message>
    <message>
        <source>{0} is switched off.</source>
        <translation>أُوقف {0}.</translation>
    </message>
    <message>
        <source>Generate suggestions again now</source>
        <translation>توليد الاقتراحات من جديد الآن</translation>
    </message>
    <message>
        <source>Suggesters and models</source>
        <translation>مولّدات الاقتراحات ونماذجها</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>This is the last article.</source>
        <translation>هذه آخر مقالة.</translation>
    </message>
    <message>
        <source>This is the first article.</source>
        <translation>هذه أول مقالة.</translation>
    </message>
    <message>
        <source>Article number (1 to {0})</source>
        <translation>رقم المقالة (من 1 إلى {0})</translation>
    </message>
    <message>
        <source>Go to article</source>
        <translation>الانتقال إلى مقالة</translation>
    </message>
    <message>
        <source>A filter is on.</source>
        <translation>التصفية مفعّلة.</translation>
    </message>
    <message>
        <source>All articles in the filtered list are done.</source>
        <translation>أُنجزت كل المقالات في القائمة المصفّاة.</translation>
    </message>
    <message>
        <source>All articles are done.</source>
        <translation>أُنجزت كل المقالات.</translation>
    </message>
</context>
<context>
    <name>NewProjectDialog</name>
    <message>
        <source>New project</source>
        <translation>مشروع جديد</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>articles</source>
        <translation>مقالات</translation>
    </message>
    <message>
        <source>{0} — {1} labels</source>
        <translation>{0} — عدد الوسوم {1}</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will be scanned next.</source>
        <translation>
            <numerusform>لا توجد ملفات بعد ذلك.</numerusform>
            <numerusform>يُفحص بعد ذلك ملف واحد.</numerusform>
            <numerusform>يُفحص بعد ذلك ملفان.</numerusform>
            <numerusform>تُفحص بعد ذلك %n ملفات.</numerusform>
            <numerusform>يُفحص بعد ذلك %n ملفاً.</numerusform>
            <numerusform>يُفحص بعد ذلك %n ملف.</numerusform>
        </translation>
    </message>
    <message>
        <source>Create</source>
        <translation>إنشاء</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>المشاريع</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>اسمك</translation>
    </message>
</context>
<context>
    <name>NoteBar</name>
    <message>
        <source>Flag</source>
        <translation>علامة شك</translation>
    </message>
    <message>
        <source>{0} saves · {1} new line</source>
        <translation>{0} للحفظ · {1} لسطر جديد</translation>
    </message>
</context>
<context>
    <name>NoteButton</name>
    <message>
        <source>This article is flagged.</source>
        <translation>على المقالة علامة شك.</translation>
    </message>
    <message>
        <source>Article note</source>
        <translation>ملاحظة على المقالة</translation>
    </message>
</context>
<context>
    <name>NotesController</name>
    <message>
        <source>Article note</source>
        <translation>ملاحظة على المقالة</translation>
    </message>
    <message>
        <source>Note on {0}</source>
        <translation>ملاحظة على {0}</translation>
    </message>
    <message>
        <source>Select a span first.</source>
        <translation>اختر موضعاً أولاً.</translation>
    </message>
</context>
<context>
    <name>NotesDialog</name>
    <message>
        <source>Notes and flags</source>
        <translation>الملاحظات والشكوك</translation>
    </message>
    <message>
        <source>Search notes</source>
        <translation>البحث في الملاحظات</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>الموسِّم</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>ملاحظاتي</translation>
    </message>
    <message>
        <source>All annotators</source>
        <translation>كل الموسِّمين</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Flags only</source>
        <translation>علامات الشك فقط</translation>
    </message>
    <message>
        <source>No notes yet. {0} adds a note to the article, {1} to a span; {2} flags a span.</source>
        <translation>لا توجد ملاحظات بعد. للملاحظة على المقالة {0}، وعلى الموضع {1}؛ ولعلامة الشك على الموضع {2}.</translation>
    </message>
    <message>
        <source>Notes and flags: {0}</source>
        <translation>الملاحظات والشكوك: {0}</translation>
    </message>
</context>
<context>
    <name>OccurrenceModel</name>
    <message>
        <source>already labelled</source>
        <translation>موسوم من قبل</translation>
    </message>
    <message>
        <source>labelled as {0}</source>
        <translation>موسوم بـ{0}</translation>
    </message>
    <message>
        <source>overlaps a label: {0}</source>
        <translation>يتداخل مع وسم: {0}</translation>
    </message>
    <message>
        <source>rejected here</source>
        <translation>رُفض هنا</translation>
    </message>
    <message>
        <source>with the article ال</source>
        <translation>مع أل التعريف</translation>
    </message>
    <message>
        <source>skipped here</source>
        <translation>أُجِّل هنا</translation>
    </message>
    <message>
        <source>flagged</source>
        <translation>عليه علامة شك</translation>
    </message>
</context>
<context>
    <name>OrderBox</name>
    <message>
        <source>Sort articles</source>
        <translation>ترتيب المقالات</translation>
    </message>
    <message>
        <source>Duplicates come last, except in import order.</source>
        <translation>تأتي المكررات في الآخر، إلا في ترتيب الاستيراد.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Back to labelling</source>
        <translation>العودة إلى التوسيم</translation>
    </message>
    <message>
        <source>Return to the article (Esc)</source>
        <translation>العودة إلى المقالة (Esc)</translation>
    </message>
</context>
<context>
    <name>PeopleController</name>
    <message>
        <source>Annotator name</source>
        <translation>اسم الموسِّم</translation>
    </message>
    <message>
        <source>Name on your labels</source>
        <translation>الاسم الذي يظهر على توسيمك</translation>
    </message>
</context>
<context>
    <name>PeopleDialog</name>
    <message>
        <source>People</source>
        <translation>الأشخاص</translation>
    </message>
    <message>
        <source>Name of a new person</source>
        <translation>اسم شخص جديد</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>Work as this person</source>
        <translation>العمل باسم هذا الشخص</translation>
    </message>
    <message>
        <source>Change name…</source>
        <translation>تغيير الاسم…</translation>
    </message>
    <message>
        <source>Annotators may see each other&apos;s labels (read-only)</source>
        <translation>يمكن للموسِّمين رؤية توسيم بعضهم بعضاً (للقراءة فقط)</translation>
    </message>
    <message>
        <source>You are a lead: you give roles and hand out work.</source>
        <translation>أنت مشرف الفريق: تحدّد الأدوار وتوزّع العمل.</translation>
    </message>
    <message>
        <source>Only a lead can change roles: {0}.</source>
        <translation>لا يغيّر الأدوار إلا مشرف الفريق: {0}.</translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
</context>
<context>
    <name>PeopleModel</name>
    <message>
        <source>Annotator</source>
        <translation>الموسِّم</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>المسندة</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>المنجزة</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>قيد العمل</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>الباقية</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>الساعات</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>القرارات</translation>
    </message>
    <message>
        <source>Per hour</source>
        <translation>في الساعة</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>المقبول</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>الاتفاق</translation>
    </message>
    <message>
        <source>{0} of {1} decided suggestions were accepted as they were</source>
        <translation>قُبل {0} من {1} من الاقتراحات المحسومة كما هي</translation>
    </message>
    <message>
        <source>Mean F1 with others: {0}. Articles compared: {1}</source>
        <translation>متوسط F1 مع موسِّمين آخرين: {0}. المقالات المقارَنة: {1}</translation>
    </message>
</context>
<context>
    <name>PlacesDialog</name>
    <message>
        <source>Places</source>
        <translation>المواضع</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>لا توجد مواضع</numerusform>
            <numerusform>موضع واحد</numerusform>
            <numerusform>موضعان</numerusform>
            <numerusform>%n مواضع</numerusform>
            <numerusform>%n موضعاً</numerusform>
            <numerusform>%n موضع</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in the article</source>
        <translation>إظهار في المقالة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>PreviewBox</name>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>عدّ</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>يجري العدّ…</translation>
    </message>
    <message>
        <source>Not counted.</source>
        <translation>لم تُعدّ.</translation>
    </message>
    <message>
        <source>This format has no text preview.</source>
        <translation>لا توجد معاينة نصية لهذه الصيغة.</translation>
    </message>
    <message>
        <source>No article matches. The file would be empty.</source>
        <translation>لا توجد مقالة مطابقة. سيكون الملف فارغاً.</translation>
    </message>
    <message>
        <source>First lines of the file</source>
        <translation>أول أسطر الملف</translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message>
        <source>Progress</source>
        <translation>نسبة الإنجاز</translation>
    </message>
    <message>
        <source>Annotators</source>
        <translation>الموسِّمون</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>المقالات</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Plots appear when somebody has decided on suggestions or finished articles.</source>
        <translation>تظهر الرسوم البيانية بعد حسم اقتراحات أو إنجاز مقالات.</translation>
    </message>
    <message>
        <source>Whose state</source>
        <translation>صاحب الحالة</translation>
    </message>
    <message>
        <source>State of the articles</source>
        <translation>حالة المقالات</translation>
    </message>
    <message>
        <source>Accepted suggestions by day</source>
        <translation>الاقتراحات المقبولة في كل يوم</translation>
    </message>
    <message>
        <source>Accepted suggestions by week</source>
        <translation>الاقتراحات المقبولة في كل أسبوع</translation>
    </message>
    <message>
        <source>Accepted suggestions by month</source>
        <translation>الاقتراحات المقبولة في كل شهر</translation>
    </message>
    <message>
        <source>Minutes for 1,000 characters, by number of finished articles</source>
        <translation>الدقائق لكل ١٬٠٠٠ حرف، بحسب عدد المقالات المنجزة</translation>
    </message>
    <message>
        <source>All</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>Articles done: {0} of {1}</source>
        <translation>المقالات المنجزة: {0} من {1}</translation>
    </message>
    <message>
        <source>Left: {0}</source>
        <translation>الباقي: {0}</translation>
    </message>
    <message>
        <source>Decisions per hour: {0}</source>
        <translation>القرارات في الساعة: {0}</translation>
    </message>
    <message>
        <source>Accepted suggestions: {0}</source>
        <translation>الاقتراحات المقبولة: {0}</translation>
    </message>
    <message>
        <source>Nothing was assigned yet</source>
        <translation>لم يُسنَد شيء بعد</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>يجري العدّ…</translation>
    </message>
    <message>
        <source>Comparing annotators…</source>
        <translation>تجري مقارنة الموسِّمين…</translation>
    </message>
    <message>
        <source>All articles</source>
        <translation>كل المقالات</translation>
    </message>
    <message>
        <source>for anybody</source>
        <translation>لأي موسِّم</translation>
    </message>
    <message>
        <source>for {0}</source>
        <translation>للموسِّم {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n article(s)</source>
        <translation>
            <numerusform>لا توجد مقالات</numerusform>
            <numerusform>مقالة واحدة</numerusform>
            <numerusform>مقالتان</numerusform>
            <numerusform>%n مقالات</numerusform>
            <numerusform>%n مقالة</numerusform>
            <numerusform>%n مقالة</numerusform>
        </translation>
    </message>
    <message>
        <source>Suggestions that {0} corrected or rejected</source>
        <translation>الاقتراحات التي صحّحها {0} أو رفضها</translation>
    </message>
    <message>
        <source>Looking for differences…</source>
        <translation>يجري البحث عن الاختلافات…</translation>
    </message>
    <message>
        <source>Differences between {0} and other annotators</source>
        <translation>اختلافات {0} عن الموسِّمين الآخرين</translation>
    </message>
    <message>
        <source>Agreement, F1: {0}</source>
        <translation>الاتفاق، F1: {0}</translation>
    </message>
</context>
<context>
    <name>ProjectController</name>
    <message>
        <source>Projects</source>
        <translation>المشاريع</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>كل الملفات</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>فتح مشروع</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Drive</source>
        <translation>قرص</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>مجلد</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>المكان:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>الاسم:</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>النوع:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>المجلد:</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>اختيار</translation>
    </message>
</context>
<context>
    <name>QMessageBox</name>
    <message>
        <source>Show Details...</source>
        <translation>إظهار التفاصيل…</translation>
    </message>
    <message>
        <source>Hide Details...</source>
        <translation>إخفاء التفاصيل…</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>موافق</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>QueryForm</name>
    <message>
        <source>Name, word or expression</source>
        <translation>اسم أو كلمة أو تعبير</translation>
    </message>
    <message>
        <source>Name or word, with clitics</source>
        <translation>اسم أو كلمة، مع الحروف المتصلة</translation>
    </message>
    <message>
        <source>Any spelling, also within words</source>
        <translation>بأي إملاء، وداخل الكلمات أيضاً</translation>
    </message>
    <message>
        <source>Exactly as written</source>
        <translation>كما كُتب تماماً</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>تعبير نمطي</translation>
    </message>
    <message>
        <source>With or without a label</source>
        <translation>بوسم أو بلا وسم</translation>
    </message>
    <message>
        <source>All annotators</source>
        <translation>كل الموسِّمين</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Search text</source>
        <translation>نص البحث</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>طريقة المقارنة</translation>
    </message>
    <message>
        <source>Label to find</source>
        <translation>الوسم المطلوب</translation>
    </message>
    <message>
        <source>Annotator to find</source>
        <translation>الموسِّم المطلوب</translation>
    </message>
</context>
<context>
    <name>RecentRow</name>
    <message>
        <source>Remove from list</source>
        <translation>إزالة من القائمة</translation>
    </message>
    <message>
        <source>file not found</source>
        <translation>غير موجود</translation>
    </message>
    <message numerus="yes">
        <source>%n article(s)</source>
        <translation>
            <numerusform>لا توجد مقالات</numerusform>
            <numerusform>مقالة واحدة</numerusform>
            <numerusform>مقالتان</numerusform>
            <numerusform>%n مقالات</numerusform>
            <numerusform>%n مقالة</numerusform>
            <numerusform>%n مقالة</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, {1} done</source>
        <translation>{0}، أُنجز منها {1}</translation>
    </message>
</context>
<context>
    <name>RejectedDialog</name>
    <message>
        <source>Rejected in this article</source>
        <translation>المرفوض في هذه المقالة</translation>
    </message>
    <message numerus="yes">
        <source>%n rejected suggestion(s)</source>
        <translation>
            <numerusform>لا توجد اقتراحات مرفوضة</numerusform>
            <numerusform>اقتراح مرفوض واحد</numerusform>
            <numerusform>اقتراحان مرفوضان</numerusform>
            <numerusform>%n اقتراحات مرفوضة</numerusform>
            <numerusform>%n اقتراحاً مرفوضاً</numerusform>
            <numerusform>%n اقتراح مرفوض</numerusform>
        </translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>إلغاء الرفض</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Rejected suggestions</source>
        <translation>الاقتراحات المرفوضة</translation>
    </message>
</context>
<context>
    <name>RemovedArticlesDialog</name>
    <message>
        <source>Removed articles</source>
        <translation>المقالات المحذوفة</translation>
    </message>
    <message numerus="yes">
        <source>%n removed article(s)</source>
        <translation>
            <numerusform>لا توجد مقالات محذوفة</numerusform>
            <numerusform>مقالة محذوفة واحدة</numerusform>
            <numerusform>مقالتان محذوفتان</numerusform>
            <numerusform>%n مقالات محذوفة</numerusform>
            <numerusform>%n مقالة محذوفة</numerusform>
            <numerusform>%n مقالة محذوفة</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>استعادة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>RemovedArticlesModel</name>
    <message>
        <source>Title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>Removed on</source>
        <translation>وقت الحذف</translation>
    </message>
    <message>
        <source>Removed by</source>
        <translation>من حذفها</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>Copy text</source>
        <translation>نسخ النص</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
</context>
<context>
    <name>RoleModel</name>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>Works here</source>
        <translation>يعمل هنا</translation>
    </message>
</context>
<context>
    <name>RuleRow</name>
    <message>
        <source>Regular expression</source>
        <translation>تعبير نمطي</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>بلا وسم</translation>
    </message>
    <message>
        <source>Label that the places must have</source>
        <translation>الوسم الذي يجب أن تحمله المواضع</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>Rules of the project</source>
        <translation>قواعد المشروع</translation>
    </message>
    <message>
        <source>Add rule</source>
        <translation>إضافة قاعدة</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Whatever a regular expression finds must have its label; the check reports what differs.</source>
        <translation>كل ما يجده التعبير النمطي يجب أن يحمل وسمه، ويعرض الفحص ما خالف ذلك.</translation>
    </message>
</context>
<context>
    <name>SearchController</name>
    <message>
        <source>This article was removed.</source>
        <translation>أُزيلت هذه المقالة.</translation>
    </message>
    <message>
        <source>Select a span or a name first.</source>
        <translation>اختر موضعاً أو حدّد اسماً أولاً.</translation>
    </message>
    <message>
        <source>Nothing to change.</source>
        <translation>لا يوجد ما يتغيّر.</translation>
    </message>
</context>
<context>
    <name>SelectionBox</name>
    <message>
        <source>Only articles from this date on</source>
        <translation>المقالات من هذا التاريخ فصاعداً فقط</translation>
    </message>
    <message>
        <source>Include articles without a date</source>
        <translation>مع المقالات التي بلا تاريخ</translation>
    </message>
    <message>
        <source>Include undecided suggestions (marked)</source>
        <translation>مع الاقتراحات غير المحسومة (مميَّزة بعلامة)</translation>
    </message>
    <message>
        <source>Pseudonym key file</source>
        <translation>ملف الأسماء البديلة</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
    <message>
        <source>None</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>All annotators</source>
        <translation>كل الموسِّمين</translation>
    </message>
    <message>
        <source>Only {0}</source>
        <translation>{0} وحده</translation>
    </message>
    <message>
        <source>Majority vote</source>
        <translation>ما اتفقت عليه الأغلبية</translation>
    </message>
    <message>
        <source>Settled by an adjudicator</source>
        <translation>ما حسمه محكِّم</translation>
    </message>
    <message>
        <source>The same name gets the same pseudonym in the whole project. Only labelled names are replaced. Other facts about a person stay, so a reader who knows the article will know the person. Keep the key file apart from the export.</source>
        <translation>يأخذ الاسم الواحد الاسم البديل نفسه في المشروع كله. لا تُستبدل إلا الأسماء الموسومة. وتبقى سائر المعلومات عن الشخص، فمن يعرف المقالة يعرفه. احفظ ملف الأسماء البديلة بعيداً عن ملفات التصدير.</translation>
    </message>
    <message>
        <source>Pseudonym key files</source>
        <translation>ملفات الأسماء البديلة</translation>
    </message>
    <message>
        <source>Replace names of</source>
        <translation>استبدال أسماء</translation>
    </message>
    <message>
        <source>Only work marked as done</source>
        <translation>المقالات المنجزة فقط</translation>
    </message>
    <message>
        <source>Labelled: done or in progress</source>
        <translation>المقالات الموسومة: المنجزة وقيد العمل</translation>
    </message>
    <message>
        <source>All, including articles not started</source>
        <translation>كل المقالات، وإن لم يُبدأ بها</translation>
    </message>
</context>
<context>
    <name>ShareModel</name>
    <message>
        <source>Annotator</source>
        <translation>الموسِّم</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>المُسند</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>المنجز</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>قيد العمل</translation>
    </message>
    <message>
        <source>Gets</source>
        <translation>يُسند إليه</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>يُسترجع منه</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>بعد ذلك</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Command</source>
        <translation>الأمر</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>الاختصارات</translation>
    </message>
    <message>
        <source>Commands and shortcuts</source>
        <translation>الأوامر واختصاراتها</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>لا توجد نتائج</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>مُغيَّر</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>from the tagset</source>
        <translation>من قائمة الوسوم</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Customise shortcuts</source>
        <translation>تغيير الاختصارات</translation>
    </message>
    <message>
        <source>Command name or key</source>
        <translation>اسم أمر أو مفتاح</translation>
    </message>
    <message>
        <source>Remove shortcut</source>
        <translation>إزالة الاختصار</translation>
    </message>
    <message>
        <source>Restore default</source>
        <translation>الاختصارات الافتراضية</translation>
    </message>
    <message>
        <source>Restore all defaults…</source>
        <translation>كل الاختصارات الافتراضية…</translation>
    </message>
    <message>
        <source>Press the new shortcut for “{0}”. Esc cancels.</source>
        <translation>اضغط الاختصار الجديد للأمر «{0}». للإلغاء Esc.</translation>
    </message>
    <message>
        <source>Press Enter, then the new shortcut for “{0}”. Changes take effect at once.</source>
        <translation>اضغط Enter ثم الاختصار الجديد للأمر «{0}». يسري كل تغيير فوراً.</translation>
    </message>
    <message>
        <source>{0} applies the label “{1}”.</source>
        <translation>الاختصار {0} للوسم «{1}».</translation>
    </message>
    <message>
        <source>{0} is reserved for a label.</source>
        <translation>الاختصار {0} محجوز لوسم.</translation>
    </message>
    <message>
        <source>Change label shortcuts in “{0}”.</source>
        <translation>تُغيَّر اختصارات الوسوم في «{0}».</translation>
    </message>
    <message>
        <source>Change label shortcuts in “{0}” ({1}).</source>
        <translation>تُغيَّر اختصارات الوسوم في «{0}» ({1}).</translation>
    </message>
    <message>
        <source>“{0}” has no shortcut now.</source>
        <translation>لم يبقَ للأمر «{0}» اختصار.</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>استعادة الكل</translation>
    </message>
    <message>
        <source>{0} is now the shortcut for “{1}”.</source>
        <translation>صار {0} اختصار الأمر «{1}».</translation>
    </message>
    <message>
        <source>Reassign</source>
        <translation>نقل الاختصار</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاؤه</translation>
    </message>
    <message>
        <source>Press a key…</source>
        <translation>اضغط الاختصار…</translation>
    </message>
    <message>
        <source>Change shortcut</source>
        <translation>تغيير الاختصار</translation>
    </message>
    <message>
        <source>Add shortcut</source>
        <translation>إضافة اختصار</translation>
    </message>
    <message>
        <source>{0} is already used for “{1}”.</source>
        <translation>الاختصار {0} مستعمل للأمر «{1}».</translation>
    </message>
    <message>
        <source>{0} opens the menu “{1}”.</source>
        <translation>الاختصار {0} لفتح القائمة «{1}».</translation>
    </message>
    <message>
        <source>{0} is needed for typing and navigation. Add Ctrl or Alt.</source>
        <translation>المفتاح {0} لازم للكتابة والتنقل. أضف إليه Ctrl أو Alt.</translation>
    </message>
    <message>
        <source>Restore all default shortcuts? Your own shortcuts will be lost.</source>
        <translation>أتريد استعادة الاختصارات الافتراضية كلها؟ ستُفقد الاختصارات التي اخترتها.</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Labels</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>Suggestions and annotations</source>
        <translation>الاقتراحات والوسوم المؤكدة</translation>
    </message>
    <message>
        <source>Annotator: {0}</source>
        <translation>الموسِّم: {0}</translation>
    </message>
    <message numerus="yes">
        <source>The model agreed with you on {0}% of the last %n decision(s)</source>
        <translation>
            <numerusform>اتفق النموذج معك في {0}٪ من القرارات</numerusform>
            <numerusform>اتفق النموذج معك في {0}٪ من القرار الأخير</numerusform>
            <numerusform>اتفق النموذج معك في {0}٪ من آخر قرارين</numerusform>
            <numerusform>اتفق النموذج معك في {0}٪ من آخر %n قرارات</numerusform>
            <numerusform>اتفق النموذج معك في {0}٪ من آخر %n قراراً</numerusform>
            <numerusform>اتفق النموذج معك في {0}٪ من آخر %n قرار</numerusform>
        </translation>
    </message>
    <message>
        <source>The label {0} is no longer in the project. Apply another label, or add it again.</source>
        <translation>لم يعد الوسم {0} في قائمة وسوم المشروع. ضع وسماً آخر، أو أضفه من جديد.</translation>
    </message>
    <message>
        <source>more</source>
        <translation>المزيد</translation>
    </message>
    <message>
        <source>No suggestions here</source>
        <translation>لا توجد اقتراحات هنا</translation>
    </message>
    <message>
        <source>All {0} decided</source>
        <translation>حُسمت كلها: {0}</translation>
    </message>
    <message>
        <source>{0} of {1} left</source>
        <translation>بقي {0} من {1}</translation>
    </message>
    <message>
        <source>Generating suggestions…</source>
        <translation>يجري توليد الاقتراحات…</translation>
    </message>
    <message>
        <source>No suggestions yet</source>
        <translation>لا توجد اقتراحات بعد</translation>
    </message>
    <message>
        <source>People and roles</source>
        <translation>الأشخاص والأدوار</translation>
    </message>
    <message>
        <source>Label first</source>
        <translation>الوسم أولاً</translation>
    </message>
    <message>
        <source>Choose a label, then drag or double-click</source>
        <translation>اختر وسماً، ثم اسحب أو انقر نقراً مزدوجاً</translation>
    </message>
</context>
<context>
    <name>SplitBox</name>
    <message>
        <source>Corpus: a folder with train, dev and test, and a dataset card</source>
        <translation>مجموعة نصوص: مجلد فيه التدريب والتطوير والاختبار، مع بطاقة بيانات</translation>
    </message>
    <message>
        <source>Include annotator names in files and card</source>
        <translation>ذكر أسماء الموسِّمين في الملفات والبطاقة</translation>
    </message>
    <message>
        <source>By hash (stable when articles are added)</source>
        <translation>بحسب البصمة (ثابت عند إضافة مقالات)</translation>
    </message>
    <message>
        <source>By label (each split has its share of every label)</source>
        <translation>بحسب الوسوم (لكل قسم نصيبه من كل وسم)</translation>
    </message>
    <message>
        <source>By date (train on older articles, test on newer)</source>
        <translation>بحسب التاريخ (التدريب على المقالات الأقدم والاختبار على الأحدث)</translation>
    </message>
    <message>
        <source>By source (each source in one split)</source>
        <translation>بحسب المصدر (كل مصدر في قسم واحد)</translation>
    </message>
    <message>
        <source>Train / dev / test</source>
        <translation>تدريب / تطوير / اختبار</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>التقسيم</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>الرخصة</translation>
    </message>
    <message>
        <source>Near-duplicates stay in the same split.</source>
        <translation>تبقى المقالات شبه المتطابقة في قسم واحد.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>saved</source>
        <translation>حُفظ</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>أُكِّد</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>رُفض</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>أُجِّل</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>أُضيف</translation>
    </message>
    <message>
        <source>Label changed</source>
        <translation>غُيِّر الوسم</translation>
    </message>
    <message>
        <source>Boundary moved</source>
        <translation>عُدِّل الحد</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>أُزيل</translation>
    </message>
    <message>
        <source>Labelled all occurrences</source>
        <translation>وُسم أينما ورد</translation>
    </message>
    <message>
        <source>Article marked as done</source>
        <translation>أُنجزت المقالة</translation>
    </message>
    <message>
        <source>Article marked as not done</source>
        <translation>أُلغي إنجاز المقالة</translation>
    </message>
    <message>
        <source>Removed from the project</source>
        <translation>حُذف من المشروع</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>استُعيد</translation>
    </message>
    <message>
        <source>Project labels changed</source>
        <translation>غُيِّرت وسوم المشروع</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>وُضعت علامة الشك</translation>
    </message>
    <message>
        <source>Flag removed</source>
        <translation>رُفعت علامة الشك</translation>
    </message>
    <message>
        <source>Note saved</source>
        <translation>سُجّلت الملاحظة</translation>
    </message>
    <message>
        <source>Note removed</source>
        <translation>حُذفت الملاحظة</translation>
    </message>
    <message numerus="yes">
        <source>%n article(s)</source>
        <translation>
            <numerusform>لا توجد مقالات</numerusform>
            <numerusform>مقالة واحدة</numerusform>
            <numerusform>مقالتان</numerusform>
            <numerusform>%n مقالات</numerusform>
            <numerusform>%n مقالة</numerusform>
            <numerusform>%n مقالة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n span(s)</source>
        <translation>
            <numerusform>لا توجد مواضع</numerusform>
            <numerusform>موضع واحد</numerusform>
            <numerusform>موضعان</numerusform>
            <numerusform>%n مواضع</numerusform>
            <numerusform>%n موضعاً</numerusform>
            <numerusform>%n موضع</numerusform>
        </translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>استُورد</translation>
    </message>
    <message>
        <source>project labels</source>
        <translation>وسوم المشروع</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>جرى التراجع</translation>
    </message>
    <message>
        <source>Redone</source>
        <translation>أُعيد</translation>
    </message>
    <message>
        <source>Articles handed out</source>
        <translation>أُسندت المقالات</translation>
    </message>
    <message>
        <source>Article renamed</source>
        <translation>غُيِّر عنوان المقالة</translation>
    </message>
    <message>
        <source>Labels corrected</source>
        <translation>صُحِّحت الوسوم</translation>
    </message>
    <message>
        <source>Found right</source>
        <translation>أُقرّت صحته</translation>
    </message>
    <message>
        <source>Rules of the label check changed</source>
        <translation>غُيِّرت قواعد فحص الوسوم</translation>
    </message>
    <message>
        <source>Rejection taken back</source>
        <translation>أُلغي الرفض</translation>
    </message>
</context>
<context>
    <name>SuggestController</name>
    <message numerus="yes">
        <source>Suggestions are ready for %n article(s).</source>
        <translation>
            <numerusform>لا توجد مقالات تحتاج إلى اقتراحات.</numerusform>
            <numerusform>الاقتراحات جاهزة لمقالة واحدة.</numerusform>
            <numerusform>الاقتراحات جاهزة لمقالتين.</numerusform>
            <numerusform>الاقتراحات جاهزة لـ%n مقالات.</numerusform>
            <numerusform>الاقتراحات جاهزة لـ%n مقالة.</numerusform>
            <numerusform>الاقتراحات جاهزة لـ%n مقالة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Suggestions: {0} of {1}</source>
        <translation>الاقتراحات: {0} من {1}</translation>
    </message>
    <message>
        <source>Stopped. Suggestions generated so far were kept.</source>
        <translation>أُوقف التوليد، وحُفظت الاقتراحات التي وُلِّدت.</translation>
    </message>
</context>
<context>
    <name>SuggesterList</name>
    <message>
        <source>Suggester</source>
        <translation>مولّد الاقتراحات</translation>
    </message>
    <message>
        <source>Correct in this project</source>
        <translation>الصحيح في هذا المشروع</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Suggesters</source>
        <translation>مولّدات الاقتراحات</translation>
    </message>
    <message>
        <source>Space switches a suggester on or off</source>
        <translation>مفتاح المسافة لتشغيل مولّد الاقتراحات أو إيقافه</translation>
    </message>
    <message>
        <source>no decisions yet</source>
        <translation>لا قرارات بعد</translation>
    </message>
    <message numerus="yes">
        <source>{0}, %n decision(s)</source>
        <translation>
            <numerusform>{0}، بلا قرارات</numerusform>
            <numerusform>{0}، من قرار واحد</numerusform>
            <numerusform>{0}، من قرارين</numerusform>
            <numerusform>{0}، من %n قرارات</numerusform>
            <numerusform>{0}، من %n قراراً</numerusform>
            <numerusform>{0}، من %n قرار</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncController</name>
    <message>
        <source>Synchronising…</source>
        <translation>تجري المزامنة…</translation>
    </message>
    <message>
        <source>The project is being synchronised already.</source>
        <translation>تجري مزامنة المشروع الآن.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) wait until their articles arrive.</source>
        <translation>
            <numerusform>لا تغييرات بانتظار وصول مقالاتها.</numerusform>
            <numerusform>تغيير واحد بانتظار وصول مقالته.</numerusform>
            <numerusform>تغييران بانتظار وصول مقالاتهما.</numerusform>
            <numerusform>%n تغييرات بانتظار وصول مقالاتها.</numerusform>
            <numerusform>%n تغييراً بانتظار وصول مقالاتها.</numerusform>
            <numerusform>%n تغيير بانتظار وصول مقالاتها.</numerusform>
        </translation>
    </message>
    <message>
        <source>Synchronisation stopped. The next one continues.</source>
        <translation>أُوقفت المزامنة. ستُكملها المزامنة التالية.</translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) received</source>
        <translation>
            <numerusform>لم تصل مقالات</numerusform>
            <numerusform>وصلت مقالة واحدة</numerusform>
            <numerusform>وصلت مقالتان</numerusform>
            <numerusform>وصلت %n مقالات</numerusform>
            <numerusform>وصلت %n مقالة</numerusform>
            <numerusform>وصلت %n مقالة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) received</source>
        <translation>
            <numerusform>لم تصل قرارات</numerusform>
            <numerusform>وصل قرار واحد</numerusform>
            <numerusform>وصل قراران</numerusform>
            <numerusform>وصلت %n قرارات</numerusform>
            <numerusform>وصل %n قراراً</numerusform>
            <numerusform>وصل %n قرار</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) sent</source>
        <translation>
            <numerusform>لم تُرسل مقالات</numerusform>
            <numerusform>أُرسلت مقالة واحدة</numerusform>
            <numerusform>أُرسلت مقالتان</numerusform>
            <numerusform>أُرسلت %n مقالات</numerusform>
            <numerusform>أُرسلت %n مقالة</numerusform>
            <numerusform>أُرسلت %n مقالة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) sent</source>
        <translation>
            <numerusform>لم تُرسل قرارات</numerusform>
            <numerusform>أُرسل قرار واحد</numerusform>
            <numerusform>أُرسل قراران</numerusform>
            <numerusform>أُرسلت %n قرارات</numerusform>
            <numerusform>أُرسل %n قراراً</numerusform>
            <numerusform>أُرسل %n قرار</numerusform>
        </translation>
    </message>
    <message>
        <source>Synchronised</source>
        <translation>اكتملت المزامنة</translation>
    </message>
    <message>
        <source>nothing new</source>
        <translation>لا جديد</translation>
    </message>
    <message>
        <source>not reached since {0}</source>
        <translation>تعذّر الوصول منذ {0}</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>تعذّر الوصول</translation>
    </message>
    <message numerus="yes">
        <source>%n to send</source>
        <translation>
            <numerusform>لا شيء للإرسال</numerusform>
            <numerusform>تغيير واحد للإرسال</numerusform>
            <numerusform>تغييران للإرسال</numerusform>
            <numerusform>%n تغييرات للإرسال</numerusform>
            <numerusform>%n تغييراً للإرسال</numerusform>
            <numerusform>%n تغيير للإرسال</numerusform>
        </translation>
    </message>
    <message>
        <source>in step</source>
        <translation>متزامن</translation>
    </message>
</context>
<context>
    <name>TagsetController</name>
    <message>
        <source>To get suggestions for new labels, choose Project › Generate suggestions.</source>
        <translation>للحصول على اقتراحات للوسوم الجديدة اختر: مشروع › توليد الاقتراحات.</translation>
    </message>
</context>
<context>
    <name>TagsetDialog</name>
    <message>
        <source>The labels were changed elsewhere. The current labels are shown.</source>
        <translation>غُيِّرت الوسوم في مكان آخر. تظهر هنا الوسوم الحالية.</translation>
    </message>
    <message>
        <source>The labels were changed elsewhere. Your changes were kept.</source>
        <translation>غُيِّرت الوسوم في مكان آخر، وبقيت تغييراتك.</translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
    <message>
        <source>The labels were changed elsewhere, including what you changed in {0}. If you apply your changes, they replace the others.</source>
        <translation>غُيِّرت الوسوم في مكان آخر، ومنها ما غيّرته في {0}. إذا طبّقت تغييراتك حلّت محلها.</translation>
    </message>
    <message>
        <source>Edit labels</source>
        <translation>تحرير الوسوم</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>استيراد</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>تصدير…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>تطبيق</translation>
    </message>
    <message>
        <source>The labels are the same as in the file.</source>
        <translation>وسوم المشروع مطابقة لما في الملف.</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>استيراد وسوم</translation>
    </message>
    <message>
        <source>Export labels</source>
        <translation>تصدير الوسوم</translation>
    </message>
    <message>
        <source>The labels were exported to {0}.</source>
        <translation>صُدِّرت الوسوم إلى {0}.</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>من ملف…</translation>
    </message>
</context>
<context>
    <name>TagsetSidebar</name>
    <message>
        <source>Labels</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Merge into</source>
        <translation>دمج في</translation>
    </message>
    <message>
        <source>Give the other label to everything that has this one</source>
        <translation>إعطاء الوسم الآخر لكل ما له هذا الوسم</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>إلى أعلى</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>إلى أسفل</translation>
    </message>
    <message>
        <source>Up (Alt+↑)</source>
        <translation>إلى أعلى (Alt+↑)</translation>
    </message>
    <message>
        <source>Down (Alt+↓)</source>
        <translation>إلى أسفل (Alt+↓)</translation>
    </message>
    <message>
        <source>Allow nested spans</source>
        <translation>السماح بتداخل المواضع</translation>
    </message>
    <message>
        <source>Keep clitics in suggested names</source>
        <translation>إبقاء الحروف المتصلة في الأسماء المقترحة</translation>
    </message>
    <message>
        <source>For example وديالى: with the letters attached to the name</source>
        <translation>مثل «وديالى»: مع الحروف المتصلة بالاسم</translation>
    </message>
    <message>
        <source>Labels in use cannot be removed. Merge them instead.</source>
        <translation>لا تُحذف الوسوم المستعملة. ادمجها في غيرها.</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>وسم جديد</translation>
    </message>
    <message>
        <source>ID in exports</source>
        <translation>معرّفه في التصدير</translation>
    </message>
</context>
<context>
    <name>ThresholdSlider</name>
    <message>
        <source>Minimum confidence: {0}%</source>
        <translation>عتبة الثقة: {0}٪</translation>
    </message>
    <message>
        <source>default</source>
        <translation>الافتراضي</translation>
    </message>
    <message numerus="yes">
        <source>%n hidden here</source>
        <translation>
            <numerusform>لا مخفيّ هنا</numerusform>
            <numerusform>واحد مخفيّ هنا</numerusform>
            <numerusform>اثنان مخفيّان هنا</numerusform>
            <numerusform>%n مخفيّة هنا</numerusform>
            <numerusform>%n مخفيّاً هنا</numerusform>
            <numerusform>%n مخفيّ هنا</numerusform>
        </translation>
    </message>
    <message>
        <source>Lowest confidence of the suggestions shown</source>
        <translation>أدنى ثقة للاقتراحات الظاهرة</translation>
    </message>
    <message>
        <source>below it: about {0} correct</source>
        <translation>الصحيح مما دونها نحو {0}</translation>
    </message>
    <message numerus="yes">
        <source>Correct so far: {0}, %n decision(s)</source>
        <translation>
            <numerusform>الصحيح حتى الآن: {0}، بلا قرارات</numerusform>
            <numerusform>الصحيح حتى الآن: {0}، من قرار واحد</numerusform>
            <numerusform>الصحيح حتى الآن: {0}، من قرارين</numerusform>
            <numerusform>الصحيح حتى الآن: {0}، من %n قرارات</numerusform>
            <numerusform>الصحيح حتى الآن: {0}، من %n قراراً</numerusform>
            <numerusform>الصحيح حتى الآن: {0}، من %n قرار</numerusform>
        </translation>
    </message>
    <message>
        <source>Correct so far: of the suggestions with this confidence that your team has decided on in this project, the share that was accepted, with its 95% interval in brackets. A suggestion that was corrected counts as wrong. The confidence itself, and how many suggestions below the minimum are correct, are estimated from earlier measurements and from these decisions. Nobody knows how many names have no suggestion. From {0}% on, a suggestion is more likely right than wrong. While the minimum is at most {0}%, weak suggestions, of {1}% or more, are underlined; they need no decision.</source>
        <translation>الصحيح حتى الآن: نسبة ما قُبل من الاقتراحات التي بلغت هذه الثقة وحسمها فريقك في هذا المشروع، وبين القوسين مجال الثقة ٩٥٪. والاقتراح المصحَّح يُحسب خطأً. أما درجة الثقة نفسها وعدد الصحيح مما دون العتبة فتقدير من قياسات سابقة ومن هذه القرارات. ولا يُعرف كم من الأسماء بلا اقتراح. وابتداءً من {0}٪ يكون الاقتراح أقرب إلى الصواب منه إلى الخطأ. وما دامت العتبة لا تتجاوز {0}٪ يظهر خط منقّط تحت الاقتراحات الضعيفة التي ثقتها {1}٪ فأكثر، ولا يلزم حسمها.</translation>
    </message>
    <message>
        <source>No decisions on such suggestions yet</source>
        <translation>لا قرارات بعد في مثل هذه الاقتراحات</translation>
    </message>
    <message>
        <source>No decisions yet; estimate: {0}% correct</source>
        <translation>لا قرارات بعد؛ الصحيح تقديراً {0}٪</translation>
    </message>
    <message>
        <source>Names may be missing</source>
        <translation>قد تنقص أسماء</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) not suggested: rejected before</source>
        <translation>
            <numerusform>لا أسماء مرفوضة من قبل</numerusform>
            <numerusform>اسم واحد لا يُقترح: رُفض من قبل</numerusform>
            <numerusform>اسمان لا يُقترحان: رُفضا من قبل</numerusform>
            <numerusform>%n أسماء لا تُقترح: رُفضت من قبل</numerusform>
            <numerusform>%n اسماً لا تُقترح: رُفضت من قبل</numerusform>
            <numerusform>%n اسم لا تُقترح: رُفضت من قبل</numerusform>
        </translation>
    </message>
    <message>
        <source>Not suggested any more, because your team keeps rejecting these names with these labels:</source>
        <translation>لا تُقترح هذه الأسماء بهذه الوسوم بعد الآن، لأن فريقك يرفضها كلما اقتُرحت:</translation>
    </message>
    <message>
        <source>confirmed {0} of {1} times</source>
        <translation>أُكِّد {0} من {1}</translation>
    </message>
    <message>
        <source>Label one by hand if it is right here. After enough of these, it is suggested again.</source>
        <translation>إن صحّ أحدها هنا فضع الوسم بنفسك. وإذا تكرر ذلك عاد الاسم إلى الاقتراحات.</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>That was another decision: {0} takes it back.</source>
        <translation>هذا قرار آخر. للتراجع عنه: {0}.</translation>
    </message>
    <message>
        <source>The name in the frame is a place, as the program suggests. Press {0} to confirm it.</source>
        <translation>الاسم المحاط بإطار مكان، وهذا ما يقترحه البرنامج. اضغط {0} لتأكيده.</translation>
    </message>
    <message>
        <source>{name} is a verb and not a name. Press {0} to reject the suggestion.</source>
        <translation>الكلمة {name} فعل وليست اسماً. اضغط {0} لرفض الاقتراح.</translation>
    </message>
    <message>
        <source>{name} is an organisation, not a place. Press its key: {0}.</source>
        <translation>الموضع {name} مؤسسة وليس مكاناً. اضغط مفتاح وسمها: {0}.</translation>
    </message>
    <message>
        <source>The weapon has two words: {becomes}. Press {0} to include the second.</source>
        <translation>اسم السلاح كلمتان: {becomes}. اضغط {0} لضمّ الثانية.</translation>
    </message>
    <message>
        <source>Nobody suggested the person {becomes}. Select both words with the mouse, or press {0} and type the first letters of each; then press {1}.</source>
        <translation>لا اقتراح للشخص {becomes}. حدّد الكلمتين بالفأرة، أو اضغط {0} واكتب أول حروف كل منهما، ثم اضغط {1}.</translation>
    </message>
    <message>
        <source>Every decision can be taken back, also tomorrow. Press {0}, then {1} to make it again.</source>
        <translation>يمكن التراجع عن كل قرار، ولو في الغد. اضغط {0} للتراجع، ثم {1} للإعادة.</translation>
    </message>
    <message>
        <source>Decide on what is left. Then {0} once more marks the article as done.</source>
        <translation>احسم ما بقي من الاقتراحات، ثم اضغط {0} مرة أخرى لتصبح المقالة منجزة.</translation>
    </message>
    <message>
        <source>That was all. {0} shows what belongs to a label, {1} lists all commands. Only what you confirmed is exported.</source>
        <translation>انتهت الجولة. دليل الوسم: {0}، وكل الأوامر: {1}. ولا يُصدَّر إلا ما أكّدته.</translation>
    </message>
</context>
<context>
    <name>TourBar</name>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} من {1}</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>إعادة الجولة</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>تخطي الخطوة</translation>
    </message>
    <message>
        <source>End tour</source>
        <translation>إنهاء الجولة</translation>
    </message>
</context>
<context>
    <name>TrainingController</name>
    <message numerus="yes">
        <source>Trained on %n article(s)</source>
        <translation>
            <numerusform>لم يُدرَّب النموذج بعد</numerusform>
            <numerusform>دُرِّب النموذج على مقالة واحدة</numerusform>
            <numerusform>دُرِّب النموذج على مقالتين</numerusform>
            <numerusform>دُرِّب النموذج على %n مقالات</numerusform>
            <numerusform>دُرِّب النموذج على %n مقالة</numerusform>
            <numerusform>دُرِّب النموذج على %n مقالة</numerusform>
        </translation>
    </message>
    <message>
        <source>F1 {0} → {1}</source>
        <translation>F1 من {0} إلى {1}</translation>
    </message>
    <message>
        <source>F1 {0} would be {1}, model not replaced</source>
        <translation>F1 كان سينتقل من {0} إلى {1}، فبقي النموذج السابق</translation>
    </message>
    <message numerus="yes">
        <source>Training on %n article(s)…</source>
        <translation>
            <numerusform>لا توجد مقالات للتدريب</numerusform>
            <numerusform>يجري التدريب على مقالة واحدة…</numerusform>
            <numerusform>يجري التدريب على مقالتين…</numerusform>
            <numerusform>يجري التدريب على %n مقالات…</numerusform>
            <numerusform>يجري التدريب على %n مقالة…</numerusform>
            <numerusform>يجري التدريب على %n مقالة…</numerusform>
        </translation>
    </message>
    <message>
        <source>Training stopped. The model was not changed.</source>
        <translation>أُوقف التدريب، ولم يتغيّر النموذج.</translation>
    </message>
</context>
<context>
    <name>UsageMessages</name>
    <message>
        <source>not used yet</source>
        <translation>لم يُستعمل بعد</translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s)</source>
        <translation>
            <numerusform>لا توجد وسوم مؤكدة</numerusform>
            <numerusform>وسم مؤكد واحد</numerusform>
            <numerusform>وسمان مؤكدان</numerusform>
            <numerusform>%n وسوم مؤكدة</numerusform>
            <numerusform>%n وسماً مؤكداً</numerusform>
            <numerusform>%n وسم مؤكد</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n article(s)</source>
        <translation>
            <numerusform>ليس في أي مقالة</numerusform>
            <numerusform>في مقالة واحدة</numerusform>
            <numerusform>في مقالتين</numerusform>
            <numerusform>في %n مقالات</numerusform>
            <numerusform>في %n مقالة</numerusform>
            <numerusform>في %n مقالة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>by %n annotator(s)</source>
        <translation>
            <numerusform>بلا موسِّم</numerusform>
            <numerusform>لموسِّم واحد</numerusform>
            <numerusform>لموسِّمَين</numerusform>
            <numerusform>لـ%n موسِّمين</numerusform>
            <numerusform>لـ%n موسِّماً</numerusform>
            <numerusform>لـ%n موسِّم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s)</source>
        <translation>
            <numerusform>لا توجد اقتراحات</numerusform>
            <numerusform>اقتراح واحد</numerusform>
            <numerusform>اقتراحان</numerusform>
            <numerusform>%n اقتراحات</numerusform>
            <numerusform>%n اقتراحاً</numerusform>
            <numerusform>%n اقتراح</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Annotation editor</source>
        <translation>برنامج التوسيم</translation>
    </message>
    <message>
        <source>Label the names in Arabic security news, suggestion by suggestion, with the keyboard.</source>
        <translation>توسيم الأسماء في الأخبار الأمنية العربية، اقتراحاً بعد اقتراح، بلوحة المفاتيح.</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>مشروع جديد…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>فتح مشروع…</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>أحدث المشاريع</translation>
    </message>
    <message>
        <source>New here? Take the guided tour</source>
        <translation>جديد هنا؟ ابدأ بالجولة التعريفية</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>فتح المشروع التجريبي</translation>
    </message>
</context>
<context>
    <name>WordJump</name>
    <message>
        <source>{0}: back</source>
        <translation>{0}: رجوع</translation>
    </message>
    <message>
        <source>Space: with the next word</source>
        <translation>المسافة: مع الكلمة التالية</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>غير موجودة</translation>
    </message>
    <message>
        <source>confirm</source>
        <translation>تأكيد</translation>
    </message>
    <message>
        <source>go there</source>
        <translation>انتقال</translation>
    </message>
    <message>
        <source>select</source>
        <translation>تحديد</translation>
    </message>
    <message>
        <source>digits: label</source>
        <translation>الأرقام: وسم</translation>
    </message>
    <message>
        <source>{0}: next place</source>
        <translation>{0}: الموضع التالي</translation>
    </message>
    <message>
        <source>{0}: longer</source>
        <translation>{0}: توسيع</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>This article has no text.</source>
        <translation>هذه المقالة بلا نص.</translation>
    </message>
    <message>
        <source>No article is open. Import articles ({0}), or drop files here.</source>
        <translation>لا توجد مقالة مفتوحة. استورد مقالات ({0})، أو أفلت ملفات هنا.</translation>
    </message>
    <message>
        <source>Import articles…</source>
        <translation>استيراد مقالات…</translation>
    </message>
    <message>
        <source>{0} confirms</source>
        <translation>{0} للتأكيد</translation>
    </message>
    <message>
        <source>{0} rejects</source>
        <translation>{0} للرفض</translation>
    </message>
    <message>
        <source>digits apply labels</source>
        <translation>الأرقام للوسوم</translation>
    </message>
    <message>
        <source>{0} next span</source>
        <translation>{0} للموضع التالي</translation>
    </message>
    <message>
        <source>{0} all commands</source>
        <translation>{0} لكل الأوامر</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>New project…</source>
        <translation>مشروع جديد…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>فتح مشروع…</translation>
    </message>
    <message>
        <source>Import articles…</source>
        <translation>استيراد مقالات…</translation>
    </message>
    <message>
        <source>Import folder…</source>
        <translation>استيراد مجلد…</translation>
    </message>
    <message>
        <source>Generate suggestions</source>
        <translation>توليد الاقتراحات</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>النماذج…</translation>
    </message>
    <message>
        <source>Export annotations…</source>
        <translation>تصدير الوسوم المؤكدة…</translation>
    </message>
    <message>
        <source>Merge copies…</source>
        <translation>دمج النسخ…</translation>
    </message>
    <message>
        <source>Annotator name…</source>
        <translation>اسم الموسِّم…</translation>
    </message>
    <message>
        <source>Close project</source>
        <translation>إغلاق المشروع</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>خروج</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>إعادة</translation>
    </message>
    <message>
        <source>Find in article…</source>
        <translation>البحث في المقالة…</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>النتيجة التالية</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>النتيجة السابقة</translation>
    </message>
    <message>
        <source>Find in all articles…</source>
        <translation>البحث في كل المقالات…</translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation>كل الأوامر…</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>تأكيد</translation>
    </message>
    <message>
        <source>Reject or remove</source>
        <translation>رفض أو إزالة</translation>
    </message>
    <message>
        <source>Skip for now</source>
        <translation>تأجيل</translation>
    </message>
    <message>
        <source>Confirm all remaining</source>
        <translation>تأكيد كل الاقتراحات الباقية</translation>
    </message>
    <message>
        <source>Label all occurrences…</source>
        <translation>توسيم الاسم أينما ورد…</translation>
    </message>
    <message>
        <source>Next span</source>
        <translation>الموضع التالي</translation>
    </message>
    <message>
        <source>Previous span</source>
        <translation>الموضع السابق</translation>
    </message>
    <message>
        <source>Move end forward one word</source>
        <translation>النهاية: توسيع بكلمة</translation>
    </message>
    <message>
        <source>Move end back one word</source>
        <translation>النهاية: تقليص بكلمة</translation>
    </message>
    <message>
        <source>Move start forward one word</source>
        <translation>البداية: تقليص بكلمة</translation>
    </message>
    <message>
        <source>Move start back one word</source>
        <translation>البداية: توسيع بكلمة</translation>
    </message>
    <message>
        <source>Move end forward one letter</source>
        <translation>النهاية: توسيع بحرف</translation>
    </message>
    <message>
        <source>Move end back one letter</source>
        <translation>النهاية: تقليص بحرف</translation>
    </message>
    <message>
        <source>Move start forward one letter</source>
        <translation>البداية: تقليص بحرف</translation>
    </message>
    <message>
        <source>Move start back one letter</source>
        <translation>البداية: توسيع بحرف</translation>
    </message>
    <message>
        <source>Include/exclude prefix clitic</source>
        <translation>فصل الحرف المتصل أو ضمّه</translation>
    </message>
    <message>
        <source>Include/exclude suffix pronoun</source>
        <translation>فصل الضمير المتصل أو ضمّه</translation>
    </message>
    <message>
        <source>Select the next word</source>
        <translation>تحديد الكلمة التالية</translation>
    </message>
    <message>
        <source>Select the previous word</source>
        <translation>تحديد الكلمة السابقة</translation>
    </message>
    <message>
        <source>Select the next letter</source>
        <translation>تحديد الحرف التالي</translation>
    </message>
    <message>
        <source>Select the previous letter</source>
        <translation>تحديد الحرف السابق</translation>
    </message>
    <message>
        <source>Select a word in the line below</source>
        <translation>تحديد كلمة في السطر التالي</translation>
    </message>
    <message>
        <source>Select a word in the line above</source>
        <translation>تحديد كلمة في السطر السابق</translation>
    </message>
    <message>
        <source>Select the first word of the line</source>
        <translation>تحديد أول كلمة في السطر</translation>
    </message>
    <message>
        <source>Select the last word of the line</source>
        <translation>تحديد آخر كلمة في السطر</translation>
    </message>
    <message>
        <source>Select the first word of the article</source>
        <translation>تحديد أول كلمة في المقالة</translation>
    </message>
    <message>
        <source>Select the last word of the article</source>
        <translation>تحديد آخر كلمة في المقالة</translation>
    </message>
    <message>
        <source>Select up to the line&apos;s start</source>
        <translation>التحديد حتى أول السطر</translation>
    </message>
    <message>
        <source>Select up to the line&apos;s end</source>
        <translation>التحديد حتى آخر السطر</translation>
    </message>
    <message>
        <source>Select up to the article&apos;s start</source>
        <translation>التحديد حتى أول المقالة</translation>
    </message>
    <message>
        <source>Select up to the article&apos;s end</source>
        <translation>التحديد حتى آخر المقالة</translation>
    </message>
    <message>
        <source>Clear selection</source>
        <translation>إلغاء التحديد</translation>
    </message>
    <message>
        <source>Next article</source>
        <translation>المقالة التالية</translation>
    </message>
    <message>
        <source>Previous article</source>
        <translation>المقالة السابقة</translation>
    </message>
    <message>
        <source>Go to article…</source>
        <translation>الانتقال إلى مقالة…</translation>
    </message>
    <message>
        <source>Filter articles…</source>
        <translation>تصفية المقالات…</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>إلغاء التصفية</translation>
    </message>
    <message>
        <source>Sort articles…</source>
        <translation>ترتيب المقالات…</translation>
    </message>
    <message>
        <source>Mark done and open next</source>
        <translation>إنجاز المقالة وفتح التالية</translation>
    </message>
    <message>
        <source>Article note…</source>
        <translation>ملاحظة على المقالة…</translation>
    </message>
    <message>
        <source>Toggle article flag</source>
        <translation>وضع علامة شك على المقالة أو رفعها</translation>
    </message>
    <message>
        <source>Span note…</source>
        <translation>ملاحظة على الموضع…</translation>
    </message>
    <message>
        <source>Toggle span flag</source>
        <translation>وضع علامة شك على الموضع أو رفعها</translation>
    </message>
    <message>
        <source>Edit labels…</source>
        <translation>تحرير الوسوم…</translation>
    </message>
    <message>
        <source>Notes and flags…</source>
        <translation>الملاحظات والشكوك…</translation>
    </message>
    <message>
        <source>Mark as not done</source>
        <translation>إلغاء إنجاز المقالة</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>تكبير النص</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>تصغير النص</translation>
    </message>
    <message>
        <source>Reset text size</source>
        <translation>حجم النص الافتراضي</translation>
    </message>
    <message>
        <source>Article font: Naskh</source>
        <translation>خط المقالة: نسخ</translation>
    </message>
    <message>
        <source>Article font: plain</source>
        <translation>خط المقالة: بسيط</translation>
    </message>
    <message>
        <source>Arabic (العربية)</source>
        <translation>العربية</translation>
    </message>
    <message>
        <source>English</source>
        <translation>الإنجليزية (English)</translation>
    </message>
    <message>
        <source>Follow system theme</source>
        <translation>اتّباع سمة النظام</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>Light, high contrast</source>
        <translation>فاتح بتباين عالٍ</translation>
    </message>
    <message>
        <source>Dark, high contrast</source>
        <translation>داكن بتباين عالٍ</translation>
    </message>
    <message>
        <source>Digits: language default</source>
        <translation>الأرقام بحسب اللغة</translation>
    </message>
    <message>
        <source>Always ٠١٢٣</source>
        <translation>دائماً ٠١٢٣</translation>
    </message>
    <message>
        <source>Always 0123</source>
        <translation>دائماً 0123</translation>
    </message>
    <message>
        <source>Months in Arabic: تموز</source>
        <translation>الشهور: تموز</translation>
    </message>
    <message>
        <source>Months in Arabic: يوليو</source>
        <translation>الشهور: يوليو</translation>
    </message>
    <message>
        <source>Months in Arabic: تموز/يوليو</source>
        <translation>الشهور: تموز/يوليو</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>اللوحة التالية</translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation>اللوحة السابقة</translation>
    </message>
    <message>
        <source>Label guideline</source>
        <translation>دليل الوسم</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>اختصارات لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Customise shortcuts…</source>
        <translation>تغيير الاختصارات…</translation>
    </message>
    <message>
        <source>About</source>
        <translation>حول البرنامج</translation>
    </message>
    <message>
        <source>Backups…</source>
        <translation>النسخ الاحتياطية…</translation>
    </message>
    <message>
        <source>Remove article</source>
        <translation>حذف المقالة</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>دليل الاستخدام</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>نسبة الإنجاز</translation>
    </message>
    <message>
        <source>Adjudicate</source>
        <translation>التحكيم</translation>
    </message>
    <message>
        <source>Labels of another annotator</source>
        <translation>توسيم موسِّم آخر</translation>
    </message>
    <message>
        <source>Synchronise</source>
        <translation>مزامنة</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>اتفاق الموسِّمين</translation>
    </message>
    <message>
        <source>Hand out articles</source>
        <translation>إسناد المقالات</translation>
    </message>
    <message>
        <source>People…</source>
        <translation>الأشخاص…</translation>
    </message>
    <message>
        <source>Confirm what is visible, scroll on</source>
        <translation>تأكيد الظاهر والتمرير</translation>
    </message>
    <message>
        <source>Rejected in this article…</source>
        <translation>المرفوض في هذه المقالة…</translation>
    </message>
    <message>
        <source>Label first…</source>
        <translation>اختيار الوسم أولاً…</translation>
    </message>
    <message>
        <source>Jump to word…</source>
        <translation>الانتقال إلى كلمة…</translation>
    </message>
    <message>
        <source>Scroll down</source>
        <translation>تمرير إلى أسفل</translation>
    </message>
    <message>
        <source>Scroll up</source>
        <translation>تمرير إلى أعلى</translation>
    </message>
    <message>
        <source>Comfortable lines</source>
        <translation>أسطر معتدلة التباعد</translation>
    </message>
    <message>
        <source>Compact lines</source>
        <translation>أسطر متقاربة</translation>
    </message>
    <message>
        <source>Spacious lines</source>
        <translation>أسطر متباعدة</translation>
    </message>
    <message>
        <source>Label names below spans</source>
        <translation>أسماء الوسوم تحت المواضع</translation>
    </message>
    <message>
        <source>Label keys below spans</source>
        <translation>اختصارات الوسوم تحت المواضع</translation>
    </message>
    <message>
        <source>Label colours only</source>
        <translation>ألوان الوسوم فقط</translation>
    </message>
    <message>
        <source>Next line spacing</source>
        <translation>تبديل تباعد الأسطر</translation>
    </message>
    <message>
        <source>Next tag style</source>
        <translation>تبديل عرض الوسوم</translation>
    </message>
    <message>
        <source>Removed articles…</source>
        <translation>المقالات المحذوفة…</translation>
    </message>
    <message>
        <source>Rename article…</source>
        <translation>تغيير عنوان المقالة…</translation>
    </message>
    <message>
        <source>Guided tour</source>
        <translation>جولة تعريفية</translation>
    </message>
    <message>
        <source>Shared folder or server…</source>
        <translation>المجلد المشترك أو الخادم…</translation>
    </message>
    <message>
        <source>Check labels</source>
        <translation>فحص الوسوم</translation>
    </message>
</context>
<context>
    <name>cases</name>
    <message>
        <source>Different labels</source>
        <translation>وسوم مختلفة</translation>
    </message>
    <message>
        <source>Labelled elsewhere only</source>
        <translation>موسوم في مواضع أخرى فقط</translation>
    </message>
    <message>
        <source>Rarely labelled</source>
        <translation>قلّما يُوسَم</translation>
    </message>
    <message>
        <source>Clitic at the boundary</source>
        <translation>حرف متصل عند الحد</translation>
    </message>
    <message>
        <source>Title of a person</source>
        <translation>لقب شخص</translation>
    </message>
    <message>
        <source>Word such as مدينة</source>
        <translation>كلمة مثل (مدينة)</translation>
    </message>
    <message>
        <source>Quotation marks</source>
        <translation>علامات التنصيص</translation>
    </message>
    <message>
        <source>Space or punctuation</source>
        <translation>مسافة أو علامة ترقيم</translation>
    </message>
    <message>
        <source>Label used once</source>
        <translation>وسم ورد مرة واحدة</translation>
    </message>
    <message>
        <source>Against the guideline</source>
        <translation>مخالفة لدليل الوسم</translation>
    </message>
    <message>
        <source>Rule of the project</source>
        <translation>قاعدة من قواعد المشروع</translation>
    </message>
    <message>
        <source>Model disagrees</source>
        <translation>مخالفة للنموذج</translation>
    </message>
    <message>
        <source>This name has another label here than in most places.</source>
        <translation>لهذا الاسم هنا وسم يختلف عن وسمه في أكثر المواضع.</translation>
    </message>
    <message>
        <source>This name is labelled in most places, but not here.</source>
        <translation>هذا الاسم موسوم في أكثر المواضع، وغير موسوم هنا.</translation>
    </message>
    <message>
        <source>This name is labelled here, but not in most places.</source>
        <translation>هذا الاسم موسوم هنا، وغير موسوم في أكثر المواضع.</translation>
    </message>
    <message>
        <source>In most places the clitic is on the other side of the boundary.</source>
        <translation>الحرف المتصل في أكثر المواضع على الجانب الآخر من الحد.</translation>
    </message>
    <message>
        <source>In most places the title is on the other side of the boundary.</source>
        <translation>اللقب في أكثر المواضع على الجانب الآخر من الحد.</translation>
    </message>
    <message>
        <source>In most places such a word is on the other side of the boundary.</source>
        <translation>مثل هذه الكلمة في أكثر المواضع على الجانب الآخر من الحد.</translation>
    </message>
    <message>
        <source>In most places the quotation marks are on the other side of the boundary.</source>
        <translation>علامات التنصيص في أكثر المواضع على الجانب الآخر من الحد.</translation>
    </message>
    <message>
        <source>The span begins or ends with a space or a punctuation mark, or within a word.</source>
        <translation>يبدأ الموضع أو ينتهي بمسافة أو علامة ترقيم، أو في وسط كلمة.</translation>
    </message>
    <message>
        <source>This label was given only once.</source>
        <translation>لم يُستعمل هذا الوسم إلا مرة واحدة.</translation>
    </message>
    <message>
        <source>The guideline of the label gives this name as a counter-example.</source>
        <translation>يذكر دليل الوسم هذا الاسم مثالاً خاطئاً.</translation>
    </message>
    <message>
        <source>The label differs from what a rule of the project asks for.</source>
        <translation>يخالف الوسم قاعدة من قواعد المشروع.</translation>
    </message>
    <message>
        <source>A model trained on your other articles finds something else here.</source>
        <translation>يجد نموذج دُرِّب على مقالاتك الأخرى غير هذا هنا.</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>صُحِّح</translation>
    </message>
    <message>
        <source>kept as it is</source>
        <translation>أُبقي كما هو</translation>
    </message>
    <message>
        <source>changed since the check</source>
        <translation>تغيّر بعد الفحص</translation>
    </message>
    <message>
        <source>{0}, other boundary</source>
        <translation>{0}، بحدّ آخر</translation>
    </message>
    <message>
        <source>{0} → {1}</source>
        <translation>{0} ← {1}</translation>
    </message>
    <message>
        <source>elsewhere: {0}</source>
        <translation>في موضع آخر: {0}</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>بلا وسم</translation>
    </message>
</context>
<context>
    <name>differences</name>
    <message>
        <source>label</source>
        <translation>الوسم</translation>
    </message>
    <message>
        <source>boundary</source>
        <translation>حد الموضع</translation>
    </message>
    <message>
        <source>clitic</source>
        <translation>الحروف المتصلة</translation>
    </message>
    <message>
        <source>label and boundary</source>
        <translation>الوسم والحد</translation>
    </message>
    <message>
        <source>not labelled by all</source>
        <translation>لم يوسِّمه الجميع</translation>
    </message>
    <message>
        <source>changed since it was settled</source>
        <translation>تغيّر بعد حسمه</translation>
    </message>
    <message>
        <source>settled in two ways</source>
        <translation>حُسم على وجهين</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>محسوم</translation>
    </message>
</context>
<context>
    <name>documents</name>
    <message>
        <source>Untitled</source>
        <translation>بلا عنوان</translation>
    </message>
    <message>
        <source>Duplicate of: {0}</source>
        <translation>مكررة عن: {0}</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Permission denied</source>
        <translation>لا تملك الصلاحية اللازمة</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>الملف أو المجلد غير موجود</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>لم يبق مكان على القرص</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>هذا مجلد لا ملف</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>ليس مجلداً</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>القرص للقراءة فقط</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>اسم الملف أطول من اللازم</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>خطأ في القراءة أو الكتابة</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>القرص مشغول</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>نفدت حصتك من القرص</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>العملية غير مسموح بها</translation>
    </message>
    <message>
        <source>A label needs a colour for the {theme} theme, written &quot;#rrggbb&quot;.</source>
        <translation>يحتاج الوسم إلى لون للمظهر {theme}، يُكتب هكذا: ‎#rrggbb‎.</translation>
    </message>
    <message>
        <source>A label needs a name in at least one language.</source>
        <translation>يحتاج الوسم إلى اسم بلغة واحدة على الأقل.</translation>
    </message>
    <message>
        <source>Its content looks like {likely}, not {name}.</source>
        <translation>يبدو محتواه بصيغة {likely} لا {name}.</translation>
    </message>
    <message>
        <source>Its content looks like {name}. If it is something else, choose its format.</source>
        <translation>يبدو محتواه بصيغة {name}. إن كان غير ذلك فاختر صيغته.</translation>
    </message>
    <message>
        <source>CAMeL failed on it ({why})</source>
        <translation>أخفق CAMeL فيها ({why})</translation>
    </message>
    <message>
        <source>cannot read this JSON ({why}). Correct or remove the line.</source>
        <translation>تتعذّر قراءة JSON ({why}). أصلح السطر أو احذفه.</translation>
    </message>
    <message>
        <source>The file ends before its last document.</source>
        <translation>ينتهي الملف قبل مقالته الأخيرة.</translation>
    </message>
    <message>
        <source>The file ends before the document {document}.</source>
        <translation>ينتهي الملف قبل المقالة {document}.</translation>
    </message>
    <message>
        <source>This format cannot hold the label {label!r}: it is empty or has a space. Change its id in the tagset, or export as json.</source>
        <translation>الوسم {label!r}: فارغ أو فيه مسافة، ولا تحتمل هذه الصيغة ذلك. غيّر معرّفه في قائمة الوسوم، أو صدّر بصيغة json.</translation>
    </message>
    <message>
        <source>CoNLL-U cannot hold the label {label}: it has one of {brackets}. Change its id in the tagset, or export as json.</source>
        <translation>الوسم {label}: فيه واحد من {brackets}، ولا تحتمل صيغة CoNLL-U ذلك. غيّر معرّفه في قائمة الوسوم، أو صدّر بصيغة json.</translation>
    </message>
    <message>
        <source>The plug-in {name} ({group}) of the package {package}</source>
        <translation>الإضافة {name} ({group}) من الحزمة {package}</translation>
    </message>
    <message>
        <source>Unknown export format: {name}. Choose one of: {known}.</source>
        <translation>صيغة التصدير {name} غير معروفة. اختر واحدة من: {known}.</translation>
    </message>
    <message>
        <source>Label map not found: {path}. Check the path.</source>
        <translation>جدول مطابقة الوسوم {path}: غير موجود. تحقّق من المسار.</translation>
    </message>
    <message>
        <source>Unknown format: {name}. Choose one of: {known}.</source>
        <translation>الصيغة {name} غير معروفة. اختر واحدة من: {known}.</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>قائمة</translation>
    </message>
    <message>
        <source>notes skipped: one has a damaged character. Correct the file.</source>
        <translation>تُركت ملاحظاته، ففي إحداها حرف تالف. أصلح الملف.</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>عدداً</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>عنصراً</translation>
    </message>
    <message>
        <source>not valid JSON ({why} at character {character}). Correct or remove the line.</source>
        <translation>سطر JSON غير صالح ({why} عند الحرف {character}). أصلح السطر أو احذفه.</translation>
    </message>
    <message>
        <source>ended with code {code}</source>
        <translation>انتهت بالرمز {code}</translation>
    </message>
    <message>
        <source>ended with code {code} ({said})</source>
        <translation>انتهت بالرمز {code} ({said})</translation>
    </message>
    <message>
        <source>unsupported file type {suffix}. Supported: {known}.</source>
        <translation>نوع الملف {suffix} غير مدعوم. الأنواع المدعومة: {known}.</translation>
    </message>
    <message>
        <source>on line {number} is not a brat span ({line!r})</source>
        <translation>في السطر {number} ليس موضعاً من مواضع brat ({line!r})</translation>
    </message>
    <message>
        <source>cannot open this folder ({why}). Check your permissions.</source>
        <translation>يتعذّر فتح هذا المجلد ({why}). تحقّق من صلاحياتك.</translation>
    </message>
    <message>
        <source>cannot be reached ({why}). Check your permissions.</source>
        <translation>يتعذّر الوصول إليه ({why}). تحقّق من صلاحياتك.</translation>
    </message>
    <message>
        <source>cannot be read ({why}). Check that the Parquet file is complete.</source>
        <translation>تتعذّر قراءته ({why}). تحقّق من أن ملف Parquet كامل.</translation>
    </message>
    <message>
        <source>cannot be read ({why}). Check your permissions.</source>
        <translation>تتعذّر قراءته ({why}). تحقّق من صلاحياتك.</translation>
    </message>
    <message>
        <source>unsafe XML: it declares entities. Save it without a DOCTYPE.</source>
        <translation>ملف XML غير آمن: يعرّف كيانات. احفظه دون DOCTYPE.</translation>
    </message>
    <message>
        <source>unsafe XML: it declares entities. Save it without them.</source>
        <translation>ملف XML غير آمن: يعرّف كيانات. احفظه دونها.</translation>
    </message>
    <message>
        <source>damaged character on line {line} (byte {byte}). Correct it and save the file as UTF-8.</source>
        <translation>فيه حرف تالف في السطر {line} (البايت {byte}). أصلحه واحفظ الملف بترميز UTF-8.</translation>
    </message>
    <message>
        <source>a tag has more than {most} attributes. Save the text of the page as .txt.</source>
        <translation>فيه وسم HTML خصائصه أكثر من {most}. احفظ نص الصفحة في ملف ‎.txt‎.</translation>
    </message>
    <message>
        <source>the page has more than {most} tags. Save its text as .txt.</source>
        <translation>في الصفحة أكثر من {most} من وسوم HTML. احفظ نصها في ملف ‎.txt‎.</translation>
    </message>
    <message>
        <source>no text and no title. Remove the entry.</source>
        <translation>ليس فيه نص ولا عنوان. احذفه.</translation>
    </message>
    <message>
        <source>the word has no tag</source>
        <translation>لا يوجد وسم بعد الكلمة</translation>
    </message>
    <message>
        <source>no text column (found: {has}). Rename one to text, content or body.</source>
        <translation>لا يوجد فيه عمود للنص (أعمدته: {has}). سمّ أحدها text أو content أو body.</translation>
    </message>
    <message>
        <source>no text field (found: {has}). Rename one to text, content or body.</source>
        <translation>لا يوجد فيه حقل للنص (حقوله: {has}). سمّ أحدها text أو content أو body.</translation>
    </message>
    <message>
        <source>two elements have the id {id}. Export it again.</source>
        <translation>فيه عنصران بالمعرّف {id}. أعد تصديره.</translation>
    </message>
    <message>
        <source>two nodes have the number {number}. Export it again.</source>
        <translation>فيه عقدتان برقم {number}. أعد تصديره.</translation>
    </message>
    <message>
        <source>NUL character on line {line}. Remove it.</source>
        <translation>فيه حرف NUL في السطر {line}. احذف الحرف.</translation>
    </message>
    <message>
        <source>invalid character on line {line}. Correct it and save the file as UTF-8.</source>
        <translation>فيه حرف غير صالح في السطر {line}. أصلحه واحفظ الملف بترميز UTF-8.</translation>
    </message>
    <message>
        <source>no article found. The file must be an array of objects with a text field.</source>
        <translation>لا توجد فيه مقالات. يجب أن يكون الملف مصفوفة عناصر في كل منها حقل للنص.</translation>
    </message>
    <message>
        <source>no entry found. Choose an RSS or Atom feed with articles.</source>
        <translation>لا توجد فيه مقالات. اختر تغذية RSS أو Atom فيها مقالات.</translation>
    </message>
    <message>
        <source>no word found. The file must be CoNLL-U with ten columns.</source>
        <translation>لا توجد فيه كلمات. يجب أن يكون الملف بصيغة CoNLL-U وفيه عشرة أعمدة.</translation>
    </message>
    <message>
        <source>no word found. Each line must have a word and its tag.</source>
        <translation>لا توجد فيه كلمات. اكتب في كل سطر كلمة ووسمها.</translation>
    </message>
    <message>
        <source>contains only spaces. Remove it, or add its text.</source>
        <translation>ليس فيه إلا مسافات. احذفه، أو أضف نصه.</translation>
    </message>
    <message>
        <source>contains two files named {file}. Create the zip again.</source>
        <translation>فيه ملفان باسم {file}. أنشئ ملف zip من جديد.</translation>
    </message>
    <message>
        <source>at {place} has no label</source>
        <translation>عند {place} بلا وسم</translation>
    </message>
    <message>
        <source>contains a file without a name. Create the zip again.</source>
        <translation>فيه ملف بلا اسم. أنشئ ملف zip من جديد.</translation>
    </message>
    <message>
        <source>no article found. Choose a file with articles.</source>
        <translation>لا توجد فيه مقالات. اختر ملفاً فيه مقالات.</translation>
    </message>
    <message>
        <source>RTF, not plain text. Save it as plain text in UTF-8.</source>
        <translation>ملف RTF لا نص مجرد. احفظه نصاً مجرداً بترميز UTF-8.</translation>
    </message>
    <message>
        <source>XML with the root {root} is not supported. Supported: TEI, GATE, feeds (RSS, Atom), UIMA XMI and web pages.</source>
        <translation>ملفات XML ذات الجذر {root} غير مدعومة. الصيغ المدعومة: TEI وGATE والتغذيات (RSS وAtom) وUIMA XMI وصفحات الوِب.</translation>
    </message>
    <message>
        <source>binary file, not text. Save the text as .txt, .json, .jsonl or .csv.</source>
        <translation>ملف ثنائي لا نص. احفظ النص في ملف ‎.txt‎ أو ‎.json‎ أو ‎.jsonl‎ أو ‎.csv‎.</translation>
    </message>
    <message>
        <source>a link to a file. Put the file itself into the zip.</source>
        <translation>رابط إلى ملف. ضع الملف نفسه في ملف zip.</translation>
    </message>
    <message>
        <source>a pipe or device. Save its output as a file.</source>
        <translation>أنبوب أو جهاز لا ملف. احفظ ما يخرج منه في ملف.</translation>
    </message>
    <message>
        <source>a zip inside a zip. Unpack the outer one first.</source>
        <translation>ملف zip داخل ملف zip. فُكّ الخارجي أولاً.</translation>
    </message>
    <message>
        <source>an open project or database. Export it, and import the export.</source>
        <translation>مشروع مفتوح أو قاعدة بيانات مفتوحة. صدّره ثم استورد ما صُدِّر منه.</translation>
    </message>
    <message>
        <source>not valid XML ({why}): no entry can be read. Save it again.</source>
        <translation>ملف XML غير سليم ({why})، ولا يمكن قراءة شيء منه. احفظه من جديد.</translation>
    </message>
    <message>
        <source>not valid XML ({why}): later entries may be missing. Save it again.</source>
        <translation>ملف XML غير سليم ({why})، وقد تنقص المقالات بعد ذلك الموضع. احفظه من جديد.</translation>
    </message>
    <message>
        <source>damaged in the zip ({why}). Create the zip again.</source>
        <translation>تالف داخل ملف zip‏ ({why}). أنشئ ملف zip من جديد.</translation>
    </message>
    <message>
        <source>damaged, or not a zip ({why}). Create it again.</source>
        <translation>ملف zip تالف، أو ليس ملف zip‏ ({why}). أنشئه من جديد.</translation>
    </message>
    <message>
        <source>empty. Remove it, or add its text.</source>
        <translation>ملف فارغ. احذفه، أو أضف نصه.</translation>
    </message>
    <message>
        <source>not valid CAS XMI ({kind}: {why}). Export it again.</source>
        <translation>ليس CAS XMI صالحاً ({kind}: {why}). أعد تصديره.</translation>
    </message>
    <message>
        <source>not a spaCy DocBin ({kind}). Create it again.</source>
        <translation>ليس ملف DocBin من spaCy‏ ({kind}). أنشئه من جديد.</translation>
    </message>
    <message>
        <source>not a Parquet file ({why}). Create it again.</source>
        <translation>ليس ملف Parquet‏ ({why}). أنشئه من جديد.</translation>
    </message>
    <message>
        <source>not valid XML ({why}). Export it again.</source>
        <translation>ليس XML صالحاً ({why}). أعد تصديره.</translation>
    </message>
    <message>
        <source>not a valid feed ({why}). Save it again.</source>
        <translation>ليس تغذية صالحة ({why}). احفظه من جديد.</translation>
    </message>
    <message>
        <source>expands to more than 2 GB. Split it.</source>
        <translation>حجمه بعد فك الضغط يتجاوز 2 غ.ب. قسّمه.</translation>
    </message>
    <message>
        <source>elements are nested more than {most} deep. Export it again.</source>
        <translation>عناصره متداخلة على عمق يزيد على {most}. أعد تصديره.</translation>
    </message>
    <message>
        <source>entities are in brackets, as in CoNLL-2012. Each line must have a word and its tag.</source>
        <translation>كياناته بين أقواس كما في CoNLL-2012. يجب أن يكون في كل سطر كلمة ووسمها.</translation>
    </message>
    <message>
        <source>the field {name} has a damaged character. Correct it and save the file as UTF-8.</source>
        <translation>في حقله {name} حرف تالف. أصلحه واحفظ الملف بترميز UTF-8.</translation>
    </message>
    <message>
        <source>no text column in the header (found: {has}). Rename one to text, content or body.</source>
        <translation>لا يوجد في ترويسته عمود للنص (أعمدته: {has}). سمّ أحدها text أو content أو body.</translation>
    </message>
    <message>
        <source>reader failed ({kind}: {why}). Report this to the reader&apos;s author.</source>
        <translation>أخفق قارئ الصيغة ({kind}: {why}). أبلغ من كتبه.</translation>
    </message>
    <message>
        <source>label {label} of {source}</source>
        <translation>الوسم {label} في {source}</translation>
    </message>
    <message>
        <source>label {number} of {source}</source>
        <translation>الوسم {number} في {source}</translation>
    </message>
    <message>
        <source>may be on line {number}, which has no word ({line!r})</source>
        <translation>قد يكون في السطر {number}، وليس سطر كلمة ({line!r})</translation>
    </message>
    <message>
        <source>may be in the field {field}, which is not a list of spans</source>
        <translation>قد يكون في الحقل {field}، وليس قائمة مواضع</translation>
    </message>
    <message>
        <source>no article found (is the page filled by scripts?). Save its text as .txt.</source>
        <translation>لا توجد فيه مقالة (ربما تملأ البرمجة هذه الصفحة). احفظ نصها في ملف ‎.txt‎.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>number {number} of {name} of {where}</source>
        <translation>رقم {number} من {name} في {where}</translation>
    </message>
    <message>
        <source>of type {kind} is not a span of text</source>
        <translation>من النوع {kind} ليس موضعاً في نص</translation>
    </message>
    <message>
        <source>is in the field {field}, but {first} is read</source>
        <translation>في الحقل {field}، والمقروء ما في {first}</translation>
    </message>
    <message>
        <source>is on words that do not match the text</source>
        <translation>على كلمات ليست كلمات النص على ترتيبها</translation>
    </message>
    <message>
        <source>text</source>
        <translation>نصاً</translation>
    </message>
    <message>
        <source>the CAMeL process {how} each time it was tried</source>
        <translation>عملية CAMeL {how} في كل محاولة</translation>
    </message>
    <message>
        <source>the field &quot;{name}&quot; of {where} is empty.</source>
        <translation>الحقل «{name}» في {where} فارغ.</translation>
    </message>
    <message>
        <source>the field &quot;{name}&quot; of {where} must be {wanted}, not {kind}.</source>
        <translation>الحقل «{name}» في {where} يجب أن يكون {wanted} لا {kind}.</translation>
    </message>
    <message>
        <source>the row has {cells} of {columns} fields. Correct or remove it.</source>
        <translation>حقول الصف {cells} والمطلوب {columns}. أصلحه أو احذفه.</translation>
    </message>
    <message>
        <source>file or folder not found. Check the path.</source>
        <translation>الملف أو المجلد غير موجود. تحقّق من المسار.</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>نعم أو لا</translation>
    </message>
    <message>
        <source>was killed, probably because memory ran out</source>
        <translation>أُنهيت، والأرجح أن الذاكرة نفدت</translation>
    </message>
    <message>
        <source>skipped {count} overlapping annotations (tagset {tagset} allows no nesting): {listed}{more}.</source>
        <translation>تتداخل وسوم منه مع غيرها، عددها {count}، ولا تسمح قائمة الوسوم {tagset} بذلك، فتُركت: {listed}{more}.</translation>
    </message>
    <message>
        <source>{eid} is discontinuous, which is not supported</source>
        <translation>الموضع {eid} متقطع، والمواضع المتقطعة غير مدعومة</translation>
    </message>
    <message>
        <source>unsafe XML: {file} has a DOCTYPE. Save it without one.</source>
        <translation>ملف XML غير آمن: في {file} تعريف DOCTYPE. احفظه دونه.</translation>
    </message>
    <message>
        <source>{found} {opened} is discontinuous, which is not supported</source>
        <translation>الموضع {found} {opened} متقطع، والمواضع المتقطعة غير مدعومة</translation>
    </message>
    <message>
        <source>{name} ends before its last document.</source>
        <translation>الملف {name}: ينتهي قبل مقالته الأخيرة.</translation>
    </message>
    <message>
        <source>{opening} has no label</source>
        <translation>الموضع {opening} بلا وسم</translation>
    </message>
    <message>
        <source>{out} was not written, and nothing was replaced. {why}</source>
        <translation>الملف {out}: لم يُكتب، ولم يُستبدل شيء. {why}</translation>
    </message>
    <message>
        <source>Cannot read {path} ({why}). Check your permissions.</source>
        <translation>الملف {path}: تعذّرت قراءته ({why}). تحقّق من صلاحياتك.</translation>
    </message>
    <message>
        <source>A blind pack cannot have the suggestions of {name}, which carry the decisions of others.</source>
        <translation>الحزمة المحجوبة لا تقبل اقتراحات {name}، لأنها مأخوذة من قرارات الآخرين.</translation>
    </message>
    <message>
        <source>An overlap needs two people, because the same articles go to both. Choose more people.</source>
        <translation>المقالات المشتركة تحتاج إلى شخصين، لأنها تُسند إلى كليهما. اختر أشخاصاً آخرين أيضاً.</translation>
    </message>
    <message>
        <source>Cannot remove {path}: {why}.</source>
        <translation>الملف {path}: تعذّر حذفه ({why}). تحقّق من صلاحية الكتابة في مجلده.</translation>
    </message>
    <message>
        <source>Cannot write {folder}: {why}.</source>
        <translation>المجلد {folder}: تعذّرت الكتابة فيه ({why}).</translation>
    </message>
    <message>
        <source>Cannot write {path}: {why}.</source>
        <translation>الملف {path}: تعذّرت كتابته ({why}).</translation>
    </message>
    <message>
        <source>No articles are left to hand out: somebody has all of them, or has finished them. You can share out again those that nobody has begun.</source>
        <translation>لم تبقَ مقالات لإسنادها: كلها مُسندة أو منجزة. يمكنك إعادة توزيع ما لم يبدأ به أحد.</translation>
    </message>
    <message>
        <source>No suggestions of {name} in this project. Suggesters: {known}.</source>
        <translation>لا توجد اقتراحات من {name} في هذا المشروع. مولّدات الاقتراحات: {known}.</translation>
    </message>
    <message>
        <source>Nobody was chosen. Choose one annotator or more.</source>
        <translation>لم يُختر أحد. اختر موسِّماً واحداً أو أكثر.</translation>
    </message>
    <message>
        <source>Nothing to settle by this rule: {left} differences are left. Settle them on the page Adjudicate.</source>
        <translation>لا يوجد ما يُحسم بهذه القاعدة. الاختلافات الباقية: {left}. احسمها في صفحة «التحكيم».</translation>
    </message>
    <message>
        <source>Nothing to settle: all articles that two annotators finished are settled already.</source>
        <translation>لا يوجد ما يُحسم: كل المقالات التي أنجزها موسِّمان محسومة.</translation>
    </message>
    <message>
        <source>Nothing to settle: no article that {name} finished is left.</source>
        <translation>لا يوجد ما يُحسم: لم تبقَ مقالة غير محسومة أنجزها الموسِّم {name}.</translation>
    </message>
    <message>
        <source>Nothing to settle: no article was finished by two annotators.</source>
        <translation>لا يوجد ما يُحسم: لا توجد مقالة أنجزها موسِّمان.</translation>
    </message>
    <message>
        <source>Only a lead of the project can hand out articles. {name} is not one.</source>
        <translation>إسناد مقالات المشروع لمشرف الفريق وحده، وليس {name} مشرفاً.</translation>
    </message>
    <message>
        <source>Only desktops on Linux can be set up with this command.</source>
        <translation>هذا الأمر لأسطح المكتب في نظام لينكس وحدها.</translation>
    </message>
    <message>
        <source>The check of labels failed: its process {how}. Check again without the model.</source>
        <translation>أخفق فحص الوسوم: العملية {how}. أعد الفحص من دون النموذج.</translation>
    </message>
    <message>
        <source>The database was prepared by a newer annotator. Upgrade annotator.</source>
        <translation>هيّأ قاعدة البيانات إصدار أحدث من البرنامج. حدّث البرنامج.</translation>
    </message>
    <message>
        <source>The overlap is between 0% and 100%.</source>
        <translation>نسبة المقالات المشتركة بين 0٪ و100٪.</translation>
    </message>
    <message>
        <source>The pattern {pattern} is too large. Simplify it.</source>
        <translation>التعبير {pattern}: أكبر من أن يُعالَج. بسّطه.</translation>
    </message>
    <message>
        <source>The rule {name!r} of {path} is malformed: {why}</source>
        <translation>القاعدة {name!r} في {path} غير سليمة: {why}</translation>
    </message>
    <message>
        <source>There is nobody to compare: fewer than two annotators have worked in this project.</source>
        <translation>لا توجد مقارنة ممكنة: عدد الموسِّمين في هذا المشروع أقل من اثنين.</translation>
    </message>
    <message>
        <source>There is nobody to compare: no article was labelled by two annotators.</source>
        <translation>لا توجد مقارنة ممكنة: لا توجد مقالة وسمها موسِّمان.</translation>
    </message>
    <message>
        <source>There is nobody to compare: no article was marked as done by two annotators. To compare unfinished work too, include unfinished articles.</source>
        <translation>لا توجد مقارنة ممكنة: لا توجد مقالة أنجزها موسِّمان. لمقارنة العمل غير المنجز أيضاً، أدرِج المقالات غير المنجزة.</translation>
    </message>
    <message>
        <source>{folder} was not installed by this program, so there is nothing to check its files against.</source>
        <translation>مجلد النموذج {folder}: لم يثبّته هذا البرنامج، فلا توجد بصمات تُقارَن بها ملفاته.</translation>
    </message>
    <message>
        <source>{name} alone cannot be compared. Name at least two annotators, or none to compare all.</source>
        <translation>الموسِّم {name} وحده لا تمكن مقارنته. اذكر موسِّمَين على الأقل، أو لا تذكر أحداً لمقارنة الجميع.</translation>
    </message>
    <message>
        <source>{name} cannot settle differences: only adjudicators and leads can. A lead gives roles with: annotator team set-role</source>
        <translation>الموسِّم {name} لا يملك صلاحية حسم الاختلافات: هي للمحكِّمين ولمشرف الفريق. يحدّد المشرف الأدوار بالأمر: annotator team set-role</translation>
    </message>
    <message>
        <source>{name} has no articles. Hand some out first, in the window or with: annotator assign</source>
        <translation>الموسِّم {name}: لا توجد مقالات مُسندة إليه. أسند إليه مقالات أولاً، من النافذة أو بالأمر: annotator assign</translation>
    </message>
    <message>
        <source>{name} is named twice. Name each annotator once.</source>
        <translation>الموسِّم {name} مذكور مرتين. اذكر كل موسِّم مرة واحدة.</translation>
    </message>
    <message>
        <source>{name} was named twice. Name everybody once.</source>
        <translation>ذُكر {name} مرتين. اذكر كل شخص مرة واحدة.</translation>
    </message>
    <message>
        <source>{path} already exists. Choose another folder. A newer pack can be merged into it with: annotator merge</source>
        <translation>الملف {path}: موجود من قبل. اختر مجلداً آخر. ويمكن دمج حزمة أحدث فيه بالأمر: annotator merge</translation>
    </message>
    <message>
        <source>{path} exists already. Choose another name.</source>
        <translation>الملف {path} موجود. اختر اسماً آخر.</translation>
    </message>
    <message>
        <source>{path} is not valid JSON ({why}). Correct it and try again.</source>
        <translation>الملف {path}: ليس JSON صالحاً ({why}). أصلحه وأعد المحاولة.</translation>
    </message>
    <message>
        <source>{path}, line {number}: {line!r} is not a label, a tab and a label. Write FROM, tab, TO.</source>
        <translation>الملف {path}: السطر {number} ({line!r}) ليس وسماً ثم علامة جدولة ثم وسماً. أصلح السطر.</translation>
    </message>
    <message>
        <source>{path}, line {number}: {source} is mapped twice. Remove one of the lines.</source>
        <translation>الملف {path}: للوسم {source} سطران، ثانيهما السطر {number}. احذف أحدهما.</translation>
    </message>
    <message>
        <source>{path}: {problem}</source>
        <translation>الملف {path}: {problem}</translation>
    </message>
    <message>
        <source>{path}: {why}</source>
        <translation>الملف {path}: {why}</translation>
    </message>
    <message>
        <source>{place} {label} has the number of a {other}</source>
        <translation>الوسم {label} عند {place} له رقم {other}</translation>
    </message>
    <message>
        <source>{place}: {problem}</source>
        <translation>الملف {place}: {problem}</translation>
    </message>
    <message>
        <source>{source} cannot be read and was skipped. If a newer annotator wrote it, upgrade annotator.</source>
        <translation>المصدر {source}: تعذّرت قراءته فتُرك. إن كتبه إصدار أحدث من البرنامج فحدّث البرنامج.</translation>
    </message>
    <message>
        <source>{start}-{end} has no label</source>
        <translation>الموضع من {start} إلى {end} بلا وسم</translation>
    </message>
    <message>
        <source>{start}-{end} {label} is outside the text, or has no label</source>
        <translation>الوسم {label} من {start} إلى {end} خارج النص، أو بلا وسم</translation>
    </message>
    <message>
        <source>{start}-{end} {label}: the words do not match the text</source>
        <translation>الوسم {label} من {start} إلى {end} على كلمات لا تطابق النص</translation>
    </message>
    <message>
        <source>{written} needs start and end as whole numbers, and a label</source>
        <translation>الموضع {written} تلزمه بداية ونهاية بأعداد صحيحة، ووسم</translation>
    </message>
    <message>
        <source>{names} is a relation, event, attribute or note, not a span</source>
        <translation>العنصر {names} علاقة أو حدث أو صفة أو ملاحظة، وليس موضعاً</translation>
    </message>
    <message>
        <source>{source} is not valid JSON at line {line}, column {column}: {why}.</source>
        <translation>الملف {source}: ليس JSON صالحاً عند السطر {line} والعمود {column} ({why}).</translation>
    </message>
    <message>
        <source>{start}-{end} are not numbers. Write the offsets of the span.</source>
        <translation>الحدان {start} و{end} ليسا رقمين. اكتب رقمي الحرفين عند بداية الموضع ونهايته.</translation>
    </message>
    <message>
        <source>{start}-{end} has a damaged character in its label {label}</source>
        <translation>الموضع من {start} إلى {end} في وسمه {label} حرف تالف</translation>
    </message>
    <message>
        <source>{start}-{end} {label} begins or ends inside a character</source>
        <translation>الوسم {label} من {start} إلى {end} يبدأ أو ينتهي داخل حرف</translation>
    </message>
    <message>
        <source>{start}-{end} {label} is outside the text, which has {length} characters</source>
        <translation>الوسم {label} من {start} إلى {end} خارج النص، وطوله {length} من الحروف</translation>
    </message>
    <message>
        <source>{tag!r} is not a tag</source>
        <translation>ليس {tag!r} وسماً</translation>
    </message>
    <message>
        <source>{where} must be a JSON object, not {kind}.</source>
        <translation>في {where}: يجب أن يكون عنصر JSON لا {kind}.</translation>
    </message>
    <message>
        <source>{why}. {number} records before it were read. Correct the line and import again.</source>
        <translation>توقفت القراءة هنا ({why}). قُرئ قبله {number} من السجلات. أصلح السطر وأعد الاستيراد.</translation>
    </message>
    <message>
        <source>no annotator</source>
        <translation>ما من موسِّم</translation>
    </message>
    <message>
        <source>a decision</source>
        <translation>قرار</translation>
    </message>
    <message>
        <source>a record of time spent</source>
        <translation>سجل وقت العمل</translation>
    </message>
    <message>
        <source>an annotator&apos;s name</source>
        <translation>اسم موسِّم</translation>
    </message>
    <message>
        <source>an imported article</source>
        <translation>مقالة مستوردة</translation>
    </message>
    <message>
        <source>Labels not in tagset {tagset}: {listed}. Nothing was changed. Map them with --label-map FILE (&quot;-&quot; drops a label). Valid labels: {known}.</source>
        <translation>وسوم ليست في قائمة الوسوم {tagset}: {listed}. لم يتغيّر شيء. اختر لكل وسم مقابله في جدول مطابقة، أو «-» لاستبعاده. الوسوم المتاحة: {known}.</translation>
    </message>
    <message>
        <source>{plugin} cannot be started ({why}). Reinstall or remove it.</source>
        <translation>يتعذّر تشغيل {plugin} ({why}). أعد تثبيتها أو احذفها.</translation>
    </message>
    <message>
        <source>{plugin} cannot be loaded ({why}). Reinstall or remove it.</source>
        <translation>يتعذّر تحميل {plugin} ({why}). أعد تثبيتها أو احذفها.</translation>
    </message>
    <message>
        <source>{plugin} is ignored: its name is already taken. Ask its author to rename it.</source>
        <translation>أُهملت {plugin} لأن اسمها مستخدم من قبل. اطلب من مطوّرها تغييره.</translation>
    </message>
    <message>
        <source>Training failed: the process {how}. The previous model is still in use.</source>
        <translation>أخفق التدريب: العملية {how}. ما زال النموذج السابق مستخدَماً.</translation>
    </message>
    <message>
        <source>Cannot look for repeated articles in {path} ({why}). Try: annotator suggest</source>
        <translation>الملف {path}: تعذّر البحث عن المقالات المكررة ({why}). أعد توليد الاقتراحات.</translation>
    </message>
    <message>
        <source>the process {how}</source>
        <translation>العملية {how}</translation>
    </message>
    <message>
        <source>The suggestion process crashed twice on the same articles, perhaps out of memory. Close other programs and generate suggestions again.</source>
        <translation>توقفت عملية توليد الاقتراحات مرتين عند المقالات نفسها، ولعل الذاكرة نفدت. أغلق برامج أخرى وأعد توليد الاقتراحات.</translation>
    </message>
    <message>
        <source>The CAMeL model in {path} cannot be loaded ({why}). Check it with: annotator models verify</source>
        <translation>نموذج CAMeL في {path}: تعذّر تحميله ({why}). تحقّق منه في «مشروع ← النماذج».</translation>
    </message>
    <message>
        <source>&quot;{key}&quot; cannot be the key of a label. Use a digit, or &quot;Alt+&quot; and a digit.</source>
        <translation>المفتاح «{key}» غير صالح لوسم. استخدم رقماً، أو ‎Alt+‎ مع رقم.</translation>
    </message>
    <message>
        <source>&quot;{label}&quot; is not a valid label ID. Use letters, digits, &quot;_&quot;, &quot;-&quot; and &quot;.&quot;; the ID O is reserved.</source>
        <translation>المعرّف «{label}» غير صالح لوسم. استخدم الحروف والأرقام و«_» و«-» و«.»، والمعرّف O محجوز.</translation>
    </message>
    <message>
        <source>A split by date into {sides} parts needs articles from at least as many days; these are from {days}. Split by hash or label instead.</source>
        <translation>التقسيم بالتاريخ إلى أقسام عددها {sides} يحتاج إلى مقالات من أيام لا يقل عددها عن ذلك، وعدد أيام هذه المقالات {days}. قسّم بحسب البصمة أو الوسوم.</translation>
    </message>
    <message>
        <source>A split by source into {sides} parts needs articles from at least as many sources; these are from {sources}. Split by hash or label instead.</source>
        <translation>التقسيم بالمصدر إلى أقسام عددها {sides} يحتاج إلى مقالات من مصادر لا يقل عددها عن ذلك، وعدد مصادر هذه المقالات {sources}. قسّم بحسب البصمة أو الوسوم.</translation>
    </message>
    <message>
        <source>{label} cannot be removed, because other labels were merged into it. Merge it into another label instead.</source>
        <translation>الوسم {label} لا يمكن حذفه لأن وسوماً أخرى دُمجت فيه. ادمجه في وسم آخر.</translation>
    </message>
    <message>
        <source>The ID {label} belonged to another label before, and older annotations still use it. Choose another ID.</source>
        <translation>المعرّف {label} كان لوسم آخر، وما زالت وسوم مؤكدة سابقة تستخدمه. اختر معرّفاً آخر.</translation>
    </message>
    <message>
        <source>The key {key} is already used for the label {label}. Choose another key.</source>
        <translation>المفتاح {key} مستخدم للوسم {label}. اختر مفتاحاً آخر.</translation>
    </message>
    <message>
        <source>The label {label} cannot be merged into itself. Choose another label.</source>
        <translation>الوسم {label} لا يُدمج في نفسه. اختر وسماً آخر.</translation>
    </message>
    <message>
        <source>The marked part &quot;{span}&quot; must occur exactly once in the example &quot;{text}&quot;.</source>
        <translation>الجزء المعلَّم «{span}» يجب أن يرد مرة واحدة في المثال «{text}».</translation>
    </message>
    <message>
        <source>Label not found: {label}. Labels in the tagset: {known}.</source>
        <translation>الوسم غير موجود: {label}. الوسوم في قائمة الوسوم: {known}.</translation>
    </message>
    <message>
        <source>The label {label} already exists. Choose another ID.</source>
        <translation>الوسم {label} موجود من قبل. اختر معرّفاً آخر.</translation>
    </message>
    <message>
        <source>Unknown clitic policy: {policy}. Choose one of: {known}.</source>
        <translation>طريقة الحروف المتصلة غير معروفة: {policy}. اختر واحدة من: {known}.</translation>
    </message>
    <message>
        <source>it is a device or a pipe, not a file</source>
        <translation>جهاز أو أنبوب وليس ملفاً</translation>
    </message>
    <message>
        <source>it is a folder, not a file</source>
        <translation>مجلد وليس ملفاً</translation>
    </message>
    <message>
        <source>{label} is the only label and cannot be removed. Add another label first.</source>
        <translation>الوسم {label} هو الوسم الوحيد فلا يمكن حذفه. أضف وسماً آخر أولاً.</translation>
    </message>
    <message>
        <source>{text} is not a valid split. Write the percentages of train, dev and test, for example 80/10/10, or of train and test, for example 90/10.</source>
        <translation>التقسيم {text} غير صالح. اكتب النسب المئوية للتدريب والتطوير والاختبار مثل ‎80/10/10‎، أو للتدريب والاختبار مثل ‎90/10‎.</translation>
    </message>
    <message>
        <source>{path} could not be restored ({why}). The previous version is in {place}.</source>
        <translation>الملف {path} تعذّرت استعادته ({why}). النسخة السابقة في {place}.</translation>
    </message>
    <message>
        <source>{path} was written and could not be removed again ({why}). The other files of this export were not written.</source>
        <translation>الملف {path} كُتب وتعذّر حذفه ({why}). ولم تُكتب بقية ملفات هذا التصدير.</translation>
    </message>
    <message>
        <source>{moved} articles would change splits compared with {manifest}. Choose another folder for a new split.</source>
        <translation>بيان التقسيم {manifest}: ستنتقل خلافاً له {moved} من المقالات من قسم إلى آخر. اختر مجلداً آخر لتقسيم جديد.</translation>
    </message>
    <message>
        <source>{moved} articles would change splits compared with {manifest}. Add --manifest {keep}, or choose another folder for a new split.</source>
        <translation>بيان التقسيم {manifest}: ستنتقل خلافاً له {moved} من المقالات من قسم إلى آخر. أضف ‎--manifest {keep}‎ أو اختر مجلداً آخر لتقسيم جديد.</translation>
    </message>
    <message>
        <source>No annotator called {name} in this project. Annotators: {everyone}.</source>
        <translation>الموسِّم {name} غير موجود في هذا المشروع. الموجودون: {everyone}.</translation>
    </message>
    <message>
        <source>Several annotators are called {name}. Give the ID of one: {everyone}.</source>
        <translation>لأكثر من موسِّم الاسم {name}. اذكر معرّف أحدهم: {everyone}.</translation>
    </message>
    <message>
        <source>Document {document} reads back with other notes than were written. This is a bug in this program. Please report it.</source>
        <translation>تُقرأ المقالة {document} بملاحظات غير التي كُتبت. هذا خلل في برنامج التوسيم، أبلغ عنه.</translation>
    </message>
    <message>
        <source>Document {document} reads back with {missing} missing and {excess} added. This is a bug in this program. Please report it.</source>
        <translation>تُقرأ المقالة {document} وينقصها {missing} ويزيد فيها {excess}. هذا خلل في برنامج التوسيم، أبلغ عنه.</translation>
    </message>
    <message>
        <source>The writer did not write document {document}. This is a bug in this program. Please report it.</source>
        <translation>لم يُكتب في الملف نص المقالة {document}. هذا خلل في برنامج التوسيم، أبلغ عنه.</translation>
    </message>
    <message>
        <source>Cannot create the folder {path}: {why}. Create it, or choose another.</source>
        <translation>المجلد {path}: تعذّر إنشاؤه ({why}). أنشئه أو اختر مجلداً آخر.</translation>
    </message>
    <message>
        <source>Cannot read the manifest {path}: {reason}.</source>
        <translation>بيان التقسيم {path}: تعذّرت قراءته ({reason}).</translation>
    </message>
    <message>
        <source>No article of {path} is selected. Nothing was written.</source>
        <translation>المشروع {path}: لا يشمل الاختيار أي مقالة منه. لم يُكتب شيء.</translation>
    </message>
    <message>
        <source>The writer reports a span that was not confirmed: {span}. This is a bug in this program. Please report it.</source>
        <translation>يذكر الكاتب موضعاً لم يُؤكَّد: {span}. هذا خلل في برنامج التوسيم، أبلغ عنه.</translation>
    </message>
    <message>
        <source>No label called {label} in this project. Labels: {known}.</source>
        <translation>الوسم {label} غير موجود في هذا المشروع. الموجود: {known}.</translation>
    </message>
    <message>
        <source>Unknown {what}: {name}. Choose one of: {known}.</source>
        <translation>القيمة {name} غير معروفة ({what}). اختر واحدة من: {known}.</translation>
    </message>
    <message>
        <source>The name {name} is not valid UTF-8. Choose another name.</source>
        <translation>الاسم {name} ليس نصاً بترميز UTF-8. اختر اسماً آخر.</translation>
    </message>
    <message>
        <source>{folder} is a dataset with pseudonyms, and this export has none. Choose another folder.</source>
        <translation>المجلد {folder} مجموعة نصوص بأسماء بديلة، وهذا التصدير دونها. اختر مجلداً آخر.</translation>
    </message>
    <message>
        <source>{folder} is a dataset without pseudonyms, and this export has some. Choose another folder.</source>
        <translation>المجلد {folder} مجموعة نصوص دون أسماء بديلة، وهذا التصدير بها. اختر مجلداً آخر.</translation>
    </message>
    <message>
        <source>{format} cannot mark suggestions. Exclude them, or use one of: {known}.</source>
        <translation>لا تميّز الصيغة {format} الاقتراحات. استثنها أو استخدم إحدى الصيغ: {known}.</translation>
    </message>
    <message>
        <source>{format} cannot store who made {spans} spans in articles of several annotators. Use json, --annotator or --resolve, or drop --strict.</source>
        <translation>الصيغة {format}: لا تبيّن من وضع {spans} من المواضع في مقالات وسمها عدة موسِّمين. استخدم json أو ‎--annotator‎ أو ‎--resolve‎، أو احذف ‎--strict‎.</translation>
    </message>
    <message>
        <source>--{option} does not apply to {format}. Remove it, or use one of: {known}.</source>
        <translation>لا ينطبق الخيار ‎--{option}‎ على {format}. احذفه أو استخدم إحدى الصيغ: {known}.</translation>
    </message>
    <message>
        <source>Cannot write the key file {key}. Choose a file in an existing folder.</source>
        <translation>ملف الأسماء البديلة {key}: تعذّرت كتابته. اختر ملفاً في مجلد موجود.</translation>
    </message>
    <message>
        <source>The key file {key} would reveal the replaced names. Save it outside the export.</source>
        <translation>ملف الأسماء البديلة {key}: يكشف ما استُبدل من أسماء. احفظه خارج التصدير.</translation>
    </message>
    <message>
        <source>{format} cannot store {lost} of {confirmed} confirmed spans exactly ({listed}). Use json, or drop --strict to get a report.</source>
        <translation>الصيغة {format}: لا تحفظ كما هي {lost} من المواضع المؤكدة وعددها {confirmed} ({listed}). استخدم json، أو احذف ‎--strict‎ للحصول على تقرير.</translation>
    </message>
    <message>
        <source>{format} cannot store {lost} of {notes} notes and flags. Use json, or drop --strict to get a report.</source>
        <translation>الصيغة {format}: لا تحفظ {lost} من الملاحظات وعلامات الشك وعددها {notes}. استخدم json، أو احذف ‎--strict‎ للحصول على تقرير.</translation>
    </message>
    <message>
        <source>Cannot write {out}: {why}. Nothing was replaced.</source>
        <translation>الملف {out}: تعذّرت كتابته ({why}). لم يُستبدل شيء.</translation>
    </message>
    <message>
        <source>{out} is a folder. Add the name of the file or folder to write.</source>
        <translation>المسار {out}: مجلد. أضف اسم الملف أو المجلد الذي سيُكتب.</translation>
    </message>
    <message>
        <source>{path} is a project or another database. Choose another name for the export.</source>
        <translation>الملف {path}: مشروع أو قاعدة بيانات أخرى. اختر اسماً آخر للتصدير.</translation>
    </message>
    <message>
        <source>{path} is not a key file. Choose another file.</source>
        <translation>الملف {path}: ليس ملف أسماء بديلة. اختر ملفاً آخر.</translation>
    </message>
    <message>
        <source>{path} is not a split manifest ({reason}). Use the manifest.json of an earlier export.</source>
        <translation>الملف {path}: ليس بيان تقسيم ({reason}). اختر manifest.json من تصدير سابق.</translation>
    </message>
    <message>
        <source>{path} is the manifest of a dataset with pseudonyms and does not list the original articles. Use the manifest next to the key file.</source>
        <translation>بيان التقسيم {path}: يعود إلى مجموعة نصوص بأسماء بديلة، ولا يذكر المقالات الأصلية. اختر البيان الذي بجانب ملف الأسماء البديلة.</translation>
    </message>
    <message>
        <source>{path} is the key file of another project. Choose another file.</source>
        <translation>الملف {path}: ملف أسماء بديلة لمشروع آخر. اختر ملفاً آخر.</translation>
    </message>
    <message>
        <source>{path} is also the path of the report or the key file. Choose another name.</source>
        <translation>الملف {path}: هو أيضاً تقرير التصدير أو ملف الأسماء البديلة. اختر اسماً آخر.</translation>
    </message>
    <message>
        <source>{path} was made with another salt. Drop --salt, or choose another key file.</source>
        <translation>الملف {path}: أُنشئ بقيمة أخرى للخيار ‎--salt‎. احذف الخيار أو اختر ملفاً آخر.</translation>
    </message>
    <message>
        <source>Nothing to export: {who} finished any article of {path} ({begun} begun, {untouched} untouched). Finish some, or use --documents labelled or --documents all.</source>
        <translation>لا يوجد ما يُصدَّر: {who} أنجز مقالة من مقالات {path} (قيد العمل {begun}، ولم يُبدأ بـ {untouched}). أنجز بعضها، أو استخدم الخيار ‎--documents labelled أو ‎--documents all.</translation>
    </message>
    <message>
        <source>Nothing to export: {who} labelled any article of {path} ({untouched} untouched). Label some, or use --documents all.</source>
        <translation>لا يوجد ما يُصدَّر: {who} وسم شيئاً في مقالات {path} (لم يُبدأ بـ {untouched}). ضع بعض الوسوم، أو استخدم الخيار ‎--documents all.</translation>
    </message>
    <message>
        <source>no selected annotator</source>
        <translation>ما من موسِّم مطلوب</translation>
    </message>
    <message>
        <source>The file reads back with more than its {written} documents. This is a bug in this program. Please report it.</source>
        <translation>قُرئ من الملف أكثر من مقالاته وعددها {written}. هذا خلل في برنامج التوسيم، أبلغ عنه.</translation>
    </message>
    <message>
        <source>The file reads back with document {found} instead of {document}. This is a bug in this program. Please report it.</source>
        <translation>قُرئت من الملف المقالة {found} بدلاً من {document}. هذا خلل في برنامج التوسيم، أبلغ عنه.</translation>
    </message>
    <message>
        <source>The file reads back with {number} of its {written} documents. This is a bug in this program. Please report it.</source>
        <translation>قُرئ من الملف {number} من مقالاته وعددها {written}. هذا خلل في برنامج التوسيم، أبلغ عنه.</translation>
    </message>
    <message>
        <source>Another installation is running in {root}. Wait until it has finished.</source>
        <translation>المجلد {root}: يجري فيه تثبيت آخر. انتظر حتى ينتهي.</translation>
    </message>
    <message>
        <source>An annotator&apos;s name cannot be blank. Give a name.</source>
        <translation>اسم الموسِّم لا يكون فارغاً. اكتب اسماً.</translation>
    </message>
    <message>
        <source>The disk that holds {folder} is too full for a copy of {path}. Free some space and try again.</source>
        <translation>القرص الذي فيه {folder}: لا يتسع لنسخة من {path}. أفرغ مساحة وأعد المحاولة.</translation>
    </message>
    <message>
        <source>The disk that holds {path} is full. Free some space and try again.</source>
        <translation>القرص الذي فيه {path}: ممتلئ. أفرغ مساحة وأعد المحاولة.</translation>
    </message>
    <message>
        <source>Cannot read the table {path} ({why}). Reinstall the program.</source>
        <translation>الجدول {path}: تعذّرت قراءته ({why}). أعد تثبيت البرنامج.</translation>
    </message>
    <message>
        <source>The table {path} is invalid: a curve does not rise over its knots. Reinstall the program.</source>
        <translation>الجدول {path}: غير صالح، ففيه منحنى لا يتصاعد. أعد تثبيت البرنامج.</translation>
    </message>
    <message>
        <source>Project not found: {path}. Create it with: annotator new {path}</source>
        <translation>المشروع {path}: غير موجود. أنشئ مشروعاً جديداً (Ctrl+N) أو افتح غيره.</translation>
    </message>
    <message>
        <source>Tagset not found: {name_or_path}. Give the path of a tagset file, or one of: {known}.</source>
        <translation>قائمة الوسوم {name_or_path}: غير موجودة. اكتب مسار ملف قائمة وسوم، أو اختر واحدة من: {known}.</translation>
    </message>
    <message>
        <source>The recovery log of {path} was deleted while the project was open. Close and reopen the project; nothing can be saved until then.</source>
        <translation>المشروع {path}: حُذف سجل استعادته وهو مفتوح. أغلق المشروع وافتحه من جديد، ولا يمكن حفظ شيء قبل ذلك.</translation>
    </message>
    <message>
        <source>label {number} of {source} has the id &quot;{label_id}&quot;. An id has letters, digits, &quot;_&quot;, &quot;-&quot; or &quot;.&quot;, and is not O.</source>
        <translation>الوسم {number} في {source}: معرّفه «{label_id}» غير صالح. استخدم الحروف والأرقام و«_» و«-» و«.»، والمعرّف O محجوز.</translation>
    </message>
    <message>
        <source>Cannot remove {label}: {annotations} annotations in {documents} articles have it. Merge it into another label.</source>
        <translation>الوسم {label}: لا يمكن حذفه، فعدد ما وُسم به {annotations} في مقالات عددها {documents}. ادمجه في وسم آخر.</translation>
    </message>
    <message>
        <source>{path} does not match its recovery log {log}. Nothing was changed. If you restored {path} from a copy, move {log} away and try again. To keep what {log} holds, put the earlier file back.</source>
        <translation>المشروع {path}: لا يطابق سجل استعادته {log}. لم يتغيّر شيء. إن كنت قد استعدت {path} من نسخة فانقل {log} إلى مكان آخر وأعد المحاولة. وللاحتفاظ بما في {log} أعد الملف السابق إلى مكانه.</translation>
    </message>
    <message>
        <source>Cannot open {path}. Check that its folder exists and that you can write to it.</source>
        <translation>الملف {path}: تعذّر فتحه. تحقّق من وجود مجلده ومن صلاحية الكتابة فيه.</translation>
    </message>
    <message>
        <source>Cannot open {path}. Check your read and write permissions.</source>
        <translation>الملف {path}: تعذّر فتحه. تحقّق من صلاحيتي القراءة والكتابة.</translation>
    </message>
    <message>
        <source>Cannot put {path} back: something is in its place. Your work is in {aside}.</source>
        <translation>الملف {path}: تعذّرت إعادته، ففي مكانه شيء آخر. عملك محفوظ في {aside}.</translation>
    </message>
    <message>
        <source>Cannot read the tagset {path}: {why}.</source>
        <translation>قائمة الوسوم {path}: تعذّرت قراءتها ({why}).</translation>
    </message>
    <message>
        <source>Cannot read or write {path}: {why}.</source>
        <translation>الملف {path}: تعذّرت قراءته أو كتابته ({why}).</translation>
    </message>
    <message>
        <source>Cannot read {path}: {why}. Check your read and write permissions.</source>
        <translation>الملف {path}: تعذّرت قراءته ({why}). تحقّق من صلاحيتي القراءة والكتابة.</translation>
    </message>
    <message>
        <source>Cannot read {path}. Check your read and write permissions.</source>
        <translation>الملف {path}: تعذّرت قراءته. تحقّق من صلاحيتي القراءة والكتابة.</translation>
    </message>
    <message>
        <source>Cannot write {path}. Make the file and its folder writable, or copy it elsewhere.</source>
        <translation>الملف {path}: تعذّرت كتابته. اجعل الملف ومجلده قابلين للكتابة، أو انسخه إلى مكان آخر.</translation>
    </message>
    <message>
        <source>Cannot write to {path}: a text has an invalid character (a lone surrogate). Remove it and try again.</source>
        <translation>الملف {path}: تعذّرت الكتابة فيه، ففي أحد النصوص حرف غير صالح (بديل مفرد). أزله وأعد المحاولة.</translation>
    </message>
    <message>
        <source>Cannot read or write {path}. Check that its disk is connected and works.</source>
        <translation>الملف {path}: تعذّرت قراءته أو كتابته. تحقّق من أن قرصه متصل وسليم.</translation>
    </message>
    <message>
        <source>{path} is a device or a pipe, not a project. Give the path of a project file.</source>
        <translation>المسار {path}: جهاز أو أنبوب وليس مشروعاً. اذكر مسار ملف المشروع.</translation>
    </message>
    <message>
        <source>{path} is a folder, not a project. Give the path of a project file.</source>
        <translation>المسار {path}: مجلد وليس مشروعاً. اذكر مسار ملف المشروع.</translation>
    </message>
    <message>
        <source>{path} already exists. Choose another name, or open it.</source>
        <translation>الملف {path}: موجود من قبل. اختر اسماً آخر أو افتحه.</translation>
    </message>
    <message>
        <source>{path} is an SQLite file of another program. Open a file made with: annotator new</source>
        <translation>الملف {path}: ملف SQLite لبرنامج آخر. افتح مشروعاً أنشأه هذا البرنامج.</translation>
    </message>
    <message>
        <source>{path} is damaged: its project ID or its tagset is missing. Open a backup.</source>
        <translation>الملف {path}: تالف، فليس فيه معرّف المشروع أو قائمة الوسوم. افتح نسخة احتياطية.</translation>
    </message>
    <message>
        <source>{path} is empty. Delete it and run: annotator new {path}</source>
        <translation>الملف {path}: فارغ. احذفه وأنشئ مشروعاً جديداً (Ctrl+N).</translation>
    </message>
    <message>
        <source>{path} is in use by another program. Wait or close it, then try again.</source>
        <translation>الملف {path}: يستعمله برنامج آخر. انتظر أو أغلق ذلك البرنامج، ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>{path} is not UTF-8. Save the tagset as UTF-8.</source>
        <translation>الملف {path}: ليس بترميز UTF-8. احفظ قائمة الوسوم بترميز UTF-8.</translation>
    </message>
    <message>
        <source>{path} is not a project. Open a file made with: annotator new</source>
        <translation>الملف {path}: ليس مشروعاً. افتح مشروعاً أنشأه هذا البرنامج.</translation>
    </message>
    <message>
        <source>{path} was moved, renamed or deleted while it was open. Put it back, or open it at its new location.</source>
        <translation>الملف {path}: نُقل أو أُعيدت تسميته أو حُذف وهو مفتوح. أعده إلى مكانه، أو افتحه في مكانه الجديد.</translation>
    </message>
    <message>
        <source>Cannot read your identity file {path}: {why}.</source>
        <translation>ملف هويتك {path}: تعذّرت قراءته ({why}).</translation>
    </message>
    <message>
        <source>Cannot write your identity file {path}: {why}.</source>
        <translation>ملف هويتك {path}: تعذّرت كتابته ({why}).</translation>
    </message>
    <message>
        <source>Your identity file {path} is invalid. Restore it from a copy, or delete it to start as a new annotator.</source>
        <translation>ملف هويتك {path}: غير صالح. استعده من نسخة، أو احذفه لتبدأ موسِّماً جديداً.</translation>
    </message>
    <message>
        <source>{place} marks &quot;{span}&quot;, which must occur once in its text, not {times} times.</source>
        <translation>في {place}: الجزء «{span}» يجب أن يرد في النص مرة واحدة، وعدد مرات وروده {times}.</translation>
    </message>
    <message>
        <source>Cannot merge {source} into {path}: the edit {edit} differs between them, so one of the files is damaged. Merge another copy.</source>
        <translation>الملف {source}: لا يمكن دمجه في {path}، فالتعديل {edit} مختلف بينهما وأحد الملفين تالف. ادمج نسخة أخرى.</translation>
    </message>
    <message>
        <source>Cannot merge {source} into {target}: different projects with different tagsets ({theirs}, {ours}). Merge copies of one project, or projects with the same tagset.</source>
        <translation>الملف {source}: لا يمكن دمجه في {target}، فهما مشروعان مختلفان لكل منهما قائمة وسوم ({theirs} و{ours}). ادمج نسخ مشروع واحد، أو مشاريع لها قائمة الوسوم نفسها.</translation>
    </message>
    <message>
        <source>{source} has the {what} &quot;{value}&quot; more than once. Each must be unique.</source>
        <translation>الملف {source}: يتكرر فيه {what} «{value}». يجب ألا يتكرر.</translation>
    </message>
    <message>
        <source>{source} has &quot;clitics&quot;: &quot;{clitics}&quot;. Allowed: {known}.</source>
        <translation>الملف {source}: القيمة «{clitics}» في الحقل ‎&quot;clitics&quot;‎ غير معروفة. المتاح: {known}.</translation>
    </message>
    <message>
        <source>{source} has no labels. A tagset needs at least one.</source>
        <translation>الملف {source}: ليس فيه وسوم. قائمة الوسوم تحتاج إلى وسم واحد على الأقل.</translation>
    </message>
    <message>
        <source>{source} is not a tagset: its JSON is nested too deeply.</source>
        <translation>الملف {source}: ليس قائمة وسوم، فتداخل JSON فيه أعمق من اللازم.</translation>
    </message>
    <message>
        <source>{where} has an unknown field &quot;{name}&quot;. Allowed: {known}.</source>
        <translation>في {where}: الحقل «{name}» غير معروف. المتاح: {known}.</translation>
    </message>
    <message>
        <source>{where} has no colour for the {theme} theme. Write it as &quot;#rrggbb&quot;.</source>
        <translation>في {where}: لا يوجد لون للمظهر {theme}. اكتبه هكذا: ‎#rrggbb‎.</translation>
    </message>
    <message>
        <source>{where} has the key &quot;{key}&quot;. A key is a digit, or &quot;Alt+&quot; and a digit.</source>
        <translation>في {where}: المفتاح «{key}» غير صالح. المفتاح رقم، أو ‎Alt+‎ مع رقم.</translation>
    </message>
    <message>
        <source>{where} has no name. Give at least one, for example {{&quot;en&quot;: &quot;Place&quot;}}.</source>
        <translation>في {where}: لا يوجد اسم. اكتب اسماً واحداً على الأقل، مثل ‎{{&quot;en&quot;: &quot;Place&quot;}}‎.</translation>
    </message>
    <message>
        <source>{where} has no field &quot;{name}&quot;.</source>
        <translation>في {where}: ينقص الحقل «{name}».</translation>
    </message>
    <message>
        <source>{where} has the unknown CAMeL class {name!r}. Allowed: {known}.</source>
        <translation>في {where}: صنف CAMeL‏ {name!r} غير معروف. المتاح: {known}.</translation>
    </message>
    <message>
        <source>{path} is damaged: its project ID is invalid. Open a backup.</source>
        <translation>الملف {path}: تالف، ومعرّف المشروع فيه غير صالح. افتح نسخة احتياطية.</translation>
    </message>
    <message>
        <source>No intact backup of {path} found in {folder}. Name one with: annotator restore {path} --from FILE</source>
        <translation>المشروع {path}: لا توجد نسخة احتياطية سليمة منه في {folder}. اذكر نسخة بالأمر: annotator restore {path} --from FILE</translation>
    </message>
    <message>
        <source>{path} already exists. Choose another name.</source>
        <translation>الملف {path}: موجود من قبل. اختر اسماً آخر.</translation>
    </message>
    <message>
        <source>{path} is damaged or not a project, so it was not restored. Choose another backup.</source>
        <translation>الملف {path}: تالف أو ليس مشروعاً، فلم تجرِ استعادته. اختر نسخة احتياطية أخرى.</translation>
    </message>
    <message>
        <source>{path} is damaged, so it was not backed up. Its earlier backups are kept. List them with: annotator backup --list {path}</source>
        <translation>الملف {path}: تالف، فلم تُنشأ نسخة احتياطية منه. بقيت نسخه السابقة. اعرضها بالأمر: annotator backup --list {path}</translation>
    </message>
    <message>
        <source>{path} is damaged. Restore its backup of {day} with: annotator restore {path} (the present file is kept)</source>
        <translation>الملف {path}: تالف. استعد نسخته الاحتياطية من {day} بالأمر: annotator restore {path} (يبقى الملف الحالي محفوظاً)</translation>
    </message>
    <message>
        <source>{path} is open in a window or another program. Close it there and try again.</source>
        <translation>الملف {path}: مفتوح في نافذة أو برنامج آخر. أغلقه هناك وأعد المحاولة.</translation>
    </message>
    <message>
        <source>{path} is the project itself. Name a backup of it.</source>
        <translation>الملف {path}: هو المشروع نفسه. اذكر نسخة احتياطية منه.</translation>
    </message>
    <message>
        <source>Cannot read the backup settings {path}: {why}.</source>
        <translation>ملف إعدادات النسخ الاحتياطي {path}: تعذّرت قراءته ({why}).</translation>
    </message>
    <message>
        <source>Cannot write the backup settings {path}: {why}.</source>
        <translation>ملف إعدادات النسخ الاحتياطي {path}: تعذّرت كتابته ({why}).</translation>
    </message>
    <message>
        <source>{path} is not a valid file of backup settings. Correct it, or delete it to use the defaults.</source>
        <translation>ملف إعدادات النسخ الاحتياطي {path}: غير صالح. أصلحه، أو احذفه لاستعمال الإعدادات الافتراضية.</translation>
    </message>
    <message>
        <source>{path} is damaged. Keep a copy of it. Open your last backup or a colleague&apos;s copy, or save what is intact with: annotator repair {path} NEW</source>
        <translation>الملف {path}: تالف. احتفظ بنسخة منه. افتح آخر نسخة احتياطية أو نسخة زميل، أو أنقذ ما سلم منه بالأمر: annotator repair {path} NEW</translation>
    </message>
    <message>
        <source>{path} is damaged or was changed by another program: its {kind} {name} is not as this program makes it. Open a backup or another copy of the project.</source>
        <translation>الملف {path}: تالف أو غيّره برنامج آخر، ففيه {kind} {name} ليس كما ينشئه هذا البرنامج. افتح نسخة احتياطية أو نسخة أخرى من المشروع.</translation>
    </message>
    <message>
        <source>a suggester run</source>
        <translation>تشغيل لمولّد الاقتراحات</translation>
    </message>
    <message>
        <source>{path} has an entry dated at the end of time, so nothing can be added after it. Open an earlier backup or a colleague&apos;s earlier copy.</source>
        <translation>الملف {path}: فيه قيد بتاريخ لا تاريخ بعده، فلا يمكن إضافة شيء. افتح نسخة احتياطية أقدم، أو نسخة أقدم من زميل.</translation>
    </message>
    <message>
        <source>{source} cannot be merged: {what} in it is dated {date}, more than a day ahead of this computer&apos;s clock. If this clock is wrong, correct it and merge again. Otherwise merge an earlier copy.</source>
        <translation>الملف {source}: لا يمكن دمجه، ففيه {what} بتاريخ {date}، أي بعد ساعة هذا الحاسوب بأكثر من يوم. إن كانت هذه الساعة خاطئة فاضبطها وادمج مرة أخرى. وإلا فادمج نسخة أقدم.</translation>
    </message>
    <message>
        <source>{path} has {names} hard links. Writing through two of them would destroy it. Copy it to a new file and open that.</source>
        <translation>الملف {path}: له {names} من الأسماء على قرصه (روابط صلبة)، والكتابة باسمين منها تتلفه. انسخه إلى ملف مستقل وافتح ذلك الملف.</translation>
    </message>
    <message>
        <source>A worker has version {version} of the suggester {suggester}, and this machine has {known}. Install the same version of the program on both.</source>
        <translation>مولّد الاقتراحات {suggester}: إصداره عند أحد العمّال {version}، وعلى هذا الجهاز {known}. ثبّت الإصدار نفسه من البرنامج على الجهازين.</translation>
    </message>
    <message>
        <source>If this is a CoNLL file with another suffix, add --format conll.</source>
        <translation>إن كان ملف CoNLL بامتداد آخر فأضف ‎--format conll‎.</translation>
    </message>
    <message>
        <source>Line {number} of the lexicon {path} is malformed. It needs a name, a class and a score from 0 to 1, separated by tabs, and optional flags.</source>
        <translation>المعجم {path}: السطر {number} غير سليم. يلزمه اسم وصنف ودرجة من 0 إلى 1، وبينها علامات جدولة، ثم علامات اختيارية.</translation>
    </message>
    <message>
        <source>{path}: line {number} has no tab. Reinstall the program.</source>
        <translation>الملف {path}: ليس في السطر {number} علامة جدولة. أعد تثبيت البرنامج.</translation>
    </message>
    <message>
        <source>{path}: line {number} is not a word and a tag. Is this the NewsFANE file?</source>
        <translation>الملف {path}: السطر {number} ليس كلمة ووسمها. أهذا ملف NewsFANE؟</translation>
    </message>
    <message>
        <source>No article ID begins with {name}. Give the full ID, or at least {fewest} characters of it.</source>
        <translation>المعرّف {name}: لا توجد مقالة يبدأ معرّفها به. اكتب المعرّف كاملاً، أو {fewest} من محارفه على الأقل.</translation>
    </message>
    <message>
        <source>No scheduler answers at {address} ({why}). Start one with: dask scheduler, or correct the address.</source>
        <translation>العنوان {address}: لا يجيب عنده مجدوِل ({why}). شغّل واحداً بالأمر dask scheduler أو صحّح العنوان.</translation>
    </message>
    <message>
        <source>Several article IDs begin with {name}. Give more characters.</source>
        <translation>المعرّف {name}: تبدأ به معرّفات عدة مقالات. اكتب مزيداً من محارفه.</translation>
    </message>
    <message>
        <source>The CAMeL process {how} while loading the model in {path}. Close other programs if memory is short, and check the installation with: annotator doctor</source>
        <translation>عملية CAMeL {how} أثناء تحميل النموذج من {path}. أغلق برامج أخرى إن ضاقت الذاكرة، وتحقّق من التثبيت بالأمر: annotator doctor</translation>
    </message>
    <message>
        <source>The model catalogue {path} is malformed ({why!r}). Reinstall the program.</source>
        <translation>فهرس النماذج {path}: غير سليم ({why!r}). أعد تثبيت البرنامج.</translation>
    </message>
    <message>
        <source>The cluster stopped ({kind}: {why}). The results so far were kept. Check that the scheduler is running and that its workers have the same version of this program, then run the command again.</source>
        <translation>المجموعة الحاسوبية: توقفت ({kind}: {why}). حُفظ ما وصل من نتائج. تحقّق من عمل المجدوِل ومن أن لعمّاله إصدار البرنامج نفسه، ثم أعد الأمر.</translation>
    </message>
    <message>
        <source>The config.json in {folder} does not name the labels (id2label with an O). {again}</source>
        <translation>الملف config.json في {folder}: لا يسمّي الوسوم (id2label وفيه O). {again}</translation>
    </message>
    <message>
        <source>The article {name!r} was skipped by camel: {why}. The other articles are not affected.</source>
        <translation>المقالة {name!r}: لم يعالجها camel: {why}. لا تتأثر المقالات الأخرى.</translation>
    </message>
    <message>
        <source>The article {name!r} was skipped: its process died each time it was tried ({kind}). The other articles are not affected.</source>
        <translation>المقالة {name!r}: لم تُعالَج، لأن عمليتها توقفت في كل محاولة ({kind}). لا تتأثر المقالات الأخرى.</translation>
    </message>
    <message>
        <source>The pattern {pattern} is not valid ({why}). Correct it.</source>
        <translation>التعبير {pattern}: غير صالح ({why}). صحّحه.</translation>
    </message>
    <message>
        <source>The pattern {pattern} takes too long. Simplify it.</source>
        <translation>التعبير {pattern}: يستغرق البحث به أطول مما ينبغي. بسّطه.</translation>
    </message>
    <message>
        <source>Installation of {name} cancelled. Nothing was changed, and the next one continues where it stopped.</source>
        <translation>تثبيت {name}: أُوقف. لم يتغيّر شيء، ويتابع التثبيت القادم من حيث توقف.</translation>
    </message>
    <message>
        <source>The labels {first} and {second} of the file are one label in this project, {label}. Remove one of them, or list it among the former ids of the other.</source>
        <translation>الوسمان {first} و{second} في الملف وسم واحد في هذا المشروع هو {label}. احذف أحدهما، أو اذكره بين المعرّفات السابقة للآخر.</translation>
    </message>
    <message>
        <source>Cannot read the model file {path} ({why}). Reinstall the program.</source>
        <translation>ملف النموذج {path}: تعذّرت قراءته ({why}). أعد تثبيت البرنامج.</translation>
    </message>
    <message>
        <source>Cannot read the model folder {folder} ({why}). Check your read permission.</source>
        <translation>مجلد النموذج {folder}: تعذّرت قراءته ({why}). تحقّق من صلاحية القراءة.</translation>
    </message>
    <message>
        <source>The model folder {folder} has no {file}. {again}</source>
        <translation>مجلد النموذج {folder}: ينقصه الملف {file}. {again}</translation>
    </message>
    <message>
        <source>The model folder {folder} has a damaged file ({why}). {again}</source>
        <translation>مجلد النموذج {folder}: فيه ملف تالف ({why}). {again}</translation>
    </message>
    <message>
        <source>Cannot write to the model folder {root} ({why}). Free some space, or check your write permission.</source>
        <translation>مجلد النماذج {root}: تعذّرت الكتابة فيه ({why}). أفرغ فيه مساحة، أو تحقّق من صلاحية الكتابة.</translation>
    </message>
    <message>
        <source>The model in {folder} is not a BERT model, as CAMeL Tools needs. {again}</source>
        <translation>النموذج في {folder}: ليس من نوع BERT الذي تحتاج إليه CAMeL Tools. {again}</translation>
    </message>
    <message>
        <source>The model of CAMeL Tools is not installed. Install it with: annotator models install</source>
        <translation>نموذج CAMeL Tools: غير مثبّت. ثبّته من «مشروع ← النماذج».</translation>
    </message>
    <message>
        <source>Cannot write the project&apos;s model to {folder} ({why}).</source>
        <translation>نموذج المشروع: تعذّرت كتابته في {folder} ({why}).</translation>
    </message>
    <message>
        <source>The project&apos;s model in {folder} is damaged. Train it again.</source>
        <translation>نموذج المشروع في {folder}: تالف. درِّبه من جديد.</translation>
    </message>
    <message>
        <source>The project&apos;s model in {folder} was made by another version of the program. Train it again.</source>
        <translation>نموذج المشروع في {folder}: دُرِّب بإصدار آخر من البرنامج. درِّبه من جديد.</translation>
    </message>
    <message>
        <source>The scheduler at {address} has no workers. Start some with: dask worker {address}</source>
        <translation>المجدوِل عند {address}: ليس له عمّال. شغّل بعضهم بالأمر: dask worker {address}</translation>
    </message>
    <message>
        <source>The server answered {name} for {url}. Check whether you have access to it, or try again later.</source>
        <translation>الخادم: أجاب بـ{name} عن {url}. تحقّق من أن لك صلاحية الوصول إليه، أو أعد المحاولة لاحقاً.</translation>
    </message>
    <message>
        <source>Cannot read the starter&apos;s table {path} ({why}). Reinstall the program.</source>
        <translation>جدول starter‏ {path}: تعذّرت قراءته ({why}). أعد تثبيت البرنامج.</translation>
    </message>
    <message>
        <source>Cannot read the starter&apos;s {path}. Reinstall the program.</source>
        <translation>ملف starter‏ {path}: تعذّرت قراءته. أعد تثبيت البرنامج.</translation>
    </message>
    <message>
        <source>The suggester {name!r} failed ({kind}: {why}). Its earlier suggestions were kept. Update or remove its package.</source>
        <translation>مولّد الاقتراحات {name!r}: أخفق ({kind}: {why}). حُفظ ما اقترحه قبل ذلك. حدّث حزمته أو أزلها.</translation>
    </message>
    <message>
        <source>Cannot start the suggester {name!r} of the package {package} ({kind}: {why}). Update or remove that package.</source>
        <translation>مولّد الاقتراحات {name!r} من الحزمة {package}: تعذّر تشغيله ({kind}: {why}). حدّث الحزمة أو أزلها.</translation>
    </message>
    <message>
        <source>The tagset {tagset} has no label for any class of CAMeL Tools (PERS, LOC, ORG, MISC). Give its labels their classes under &quot;camel&quot;, or choose another suggester.</source>
        <translation>قائمة الوسوم {tagset}: ليس فيها وسم لأي صنف من أصناف CAMeL Tools‏ (PERS وLOC وORG وMISC). حدّد أصناف وسومها تحت «camel»، أو اختر مولّد اقتراحات آخر.</translation>
    </message>
    <message>
        <source>The vocabulary in {folder} has {words} lines, but config.json says {size}. {again}</source>
        <translation>المفردات في {folder}: عدد أسطرها {words}، لكن config.json يذكر {size}. {again}</translation>
    </message>
    <message>
        <source>File not found: {source}.</source>
        <translation>الملف {source}: غير موجود.</translation>
    </message>
    <message>
        <source>No model is named {name!r}. Available: {known}.</source>
        <translation>النموذج {name!r}: غير موجود. المتاح: {known}.</translation>
    </message>
    <message>
        <source>No suggester is named {name!r}. Available: {known}.</source>
        <translation>مولّد الاقتراحات {name!r}: غير موجود. المتاح: {known}.</translation>
    </message>
    <message>
        <source>This project has no model of its own yet. Decide on some articles, then run: annotator train PROJECT</source>
        <translation>هذا المشروع: ليس له نموذج خاص بعد. احسم بعض المقالات، ثم نفّذ: annotator train PROJECT</translation>
    </message>
    <message>
        <source>Checksum mismatch: {url}. The download was deleted. Try again. If this persists, the file was altered in transit or at the source.</source>
        <translation>العنوان {url}: بصمة الملف SHA-256 غير مطابقة، فحُذف ما نُزّل. أعد المحاولة. إن تكرر ذلك فقد غُيّر الملف في الطريق أو في المصدر.</translation>
    </message>
    <message>
        <source>Download the file again from the address in the catalogue.</source>
        <translation>نزّل الملف من جديد من عنوانه في الفهرس.</translation>
    </message>
    <message>
        <source>Install the model again with: annotator models install</source>
        <translation>ثبّت النموذج من جديد من «مشروع ← النماذج».</translation>
    </message>
    <message>
        <source>No articles found in {paths}.</source>
        <translation>المسار {paths}: لا توجد فيه مقالات.</translation>
    </message>
    <message>
        <source>This is the open project itself.</source>
        <translation>هذا هو المشروع المفتوح نفسه.</translation>
    </message>
    <message>
        <source>duplicate text with other annotations: the earlier ones were kept, these were skipped.</source>
        <translation>نص مكرر وسومه مختلفة: حُفظت الوسوم الأولى، ولم تُؤخذ هذه.</translation>
    </message>
    <message>
        <source>Cannot unpack {file} in {source} ({why}). {instead}</source>
        <translation>الملف {file} في {source}: تعذّر فكّ ضغطه ({why}). {instead}</translation>
    </message>
    <message>
        <source>{file} in {source} differs from the catalogue (its size or SHA-256). {instead}</source>
        <translation>الملف {file} في {source}: يختلف عما في الفهرس (حجمه أو بصمته SHA-256). {instead}</translation>
    </message>
    <message>
        <source>{model} is not installed. Install it with: annotator models install {model}</source>
        <translation>النموذج {model}: غير مثبّت. ثبّته من «مشروع ← النماذج».</translation>
    </message>
    <message>
        <source>{model} needs {needed:,} MB during installation, and {root} has {free:,} MB free. Free some space.</source>
        <translation>النموذج {model}: يحتاج إلى {needed:,} م.ب أثناء التثبيت، والمتاح في {root} هو {free:,} م.ب. أفرغ فيه مساحة.</translation>
    </message>
    <message>
        <source>Cannot read {path} ({why}). Install the model again.</source>
        <translation>الملف {path}: تعذّرت قراءته ({why}). ثبّت النموذج من جديد.</translation>
    </message>
    <message>
        <source>Cannot write {path}: {why}. The existing file is unchanged.</source>
        <translation>الملف {path}: تعذّرت كتابته ({why}). لم يتغيّر الملف الموجود.</translation>
    </message>
    <message>
        <source>{path} has changed since its installation. Install the model again.</source>
        <translation>الملف {path}: تغيّر منذ تثبيته. ثبّت النموذج من جديد.</translation>
    </message>
    <message>
        <source>{path} has no annotations to compare with.</source>
        <translation>الملف {path}: لا توجد فيه وسوم للمقارنة.</translation>
    </message>
    <message>
        <source>{path} is missing. Install the model again.</source>
        <translation>الملف {path}: غير موجود. ثبّت النموذج من جديد.</translation>
    </message>
    <message>
        <source>{path} was not written. A table cannot hold a label that contains a tab or a line break, has a space at its edge, or begins with # or a bracket. Choose a file name that ends in .json.</source>
        <translation>الملف {path}: لم يُكتب. لا يتسع الجدول لوسم فيه علامة جدولة أو نهاية سطر، أو في طرفه مسافة، أو يبدأ بـ # أو بقوس. اختر اسماً للملف ينتهي بـ ‎.json.</translation>
    </message>
    <message>
        <source>Cannot read {source} ({why}).</source>
        <translation>الملف {source}: تعذّرت قراءته ({why}).</translation>
    </message>
    <message>
        <source>{source} has no {file}, so it is not {model} {version}. {instead}</source>
        <translation>المسار {source}: ينقصه {file}، فليس {model} {version}. {instead}</translation>
    </message>
    <message>
        <source>{source} is not a zip archive, or is damaged. {instead}</source>
        <translation>الملف {source}: ليس أرشيف zip أو هو تالف. {instead}</translation>
    </message>
    <message>
        <source>Cannot download {url} ({why}). Check the network and the proxy, then try again: the download continues where it stopped. Without a network: annotator models install --from FILE.zip</source>
        <translation>العنوان {url}: تعذّر التنزيل منه ({why}). تحقّق من الشبكة والخادم الوكيل، ثم أعد المحاولة: يتابع التنزيل من حيث توقف. وبلا شبكة اختر «من ملف…».</translation>
    </message>
    <message>
        <source>{url} has {whole} bytes instead of {size}, so it differs from the catalogue. Update the program, or try again later.</source>
        <translation>العنوان {url}: حجم ملفه {whole} بايت والمتوقع {size}، فهو مختلف عما في الفهرس. حدّث البرنامج أو أعد المحاولة لاحقاً.</translation>
    </message>
    <message>
        <source>{url} is not a web address (http or https). Update the program.</source>
        <translation>العنوان {url}: ليس عنوان ويب (http أو https). حدّث البرنامج.</translation>
    </message>
    <message>
        <source>{url} no longer exists (the server answered {name}). Update the program, or get the file elsewhere and run: annotator models install --from FILE.zip</source>
        <translation>العنوان {url}: لم يعد موجوداً (أجاب الخادم بـ{name}). حدّث البرنامج، أو نزّل الملف من مكان آخر واختر «من ملف…».</translation>
    </message>
    <message>
        <source>The project&apos;s model in {folder} was changed after its training. Train it again.</source>
        <translation>نموذج المشروع في {folder}: تغيّر بعد تدريبه. درِّبه من جديد.</translation>
    </message>
    <message>
        <source>The suggester {name!r} made {count} unusable suggestions: outside the text, without a label of this project, or without a score from 0 to 1. They were not stored.</source>
        <translation>مولّد الاقتراحات {name!r}: اقترح مواضع لا تُقبل، وعددها {count}: تقع خارج نصها، أو ليس لها وسم في هذا المشروع، أو ليست درجتها بين 0 و1. لم تُحفظ.</translation>
    </message>
    <message>
        <source>{source} is a pipe or a device. Choose a zip archive or a folder.</source>
        <translation>المسار {source}: أنبوب أو جهاز لا ملف. اختر أرشيف zip أو مجلداً.</translation>
    </message>
    <message>
        <source>{path} lacks decisions that its backup of {day} has, so it is an older version. Unless you restored that on purpose, add them with: annotator merge {path} {backup}</source>
        <translation>المشروع {path}: تنقصه قرارات في نسخته الاحتياطية من {day}، فهو أقدم منها. إن لم تستعده عمداً فأضفها بالأمر: annotator merge {path} {backup}</translation>
    </message>
    <message>
        <source>Cannot reach {folder}: {why}. Connect the drive or the network and try again. Nothing was changed.</source>
        <translation>المجلد {folder}: تعذّر الوصول إليه ({why}). صِل القرص أو الشبكة ثم أعد المحاولة. لم يتغيّر شيء.</translation>
    </message>
    <message>
        <source>Cannot write to {folder}. Ask who shares it for permission to write. Nothing was changed.</source>
        <translation>المجلد {folder}: تعذّرت الكتابة فيه. اطلب صلاحية الكتابة ممن شاركه. لم يتغيّر شيء.</translation>
    </message>
    <message>
        <source>Cannot write to {folder}: {why}. Nothing was sent twice or lost. Synchronise again later.</source>
        <translation>المجلد {folder}: تعذّرت الكتابة فيه ({why}). لم يُفقد شيء ولم يُرسل شيء مرتين. أعد المزامنة لاحقاً.</translation>
    </message>
    <message>
        <source>Files of another project in {folder} were skipped: {count}. Give each project its own folder.</source>
        <translation>المجلد {folder}: فيه ملفات من مشروع آخر لم تُقرأ، وعددها {count}. اجعل لكل مشروع مجلداً.</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>القرص ممتلئ</translation>
    </message>
    <message>
        <source>{file} is damaged and was skipped. Delete it: what it held is sent again.</source>
        <translation>الملف {file} تالف ولم يُقرأ. احذفه: سيُرسل ما كان فيه من جديد.</translation>
    </message>
    <message>
        <source>{file} is incomplete or damaged and was skipped. If it does not arrive, delete it: what it held is sent again when everybody synchronises.</source>
        <translation>الملف {file} ناقص أو تالف ولم يُقرأ. إن لم يكتمل وصوله فاحذفه: سيُرسل ما كان فيه من جديد عندما يُزامن الجميع.</translation>
    </message>
    <message>
        <source>{folder} is a file. Give the path of a folder.</source>
        <translation>المسار {folder}: ملف وليس مجلداً. اذكر مسار مجلد.</translation>
    </message>
    <message>
        <source>{folder} is empty, but this project exchanged its work there before. Connect the drive or the network and try again. If the folder is new or was emptied, choose it again, or run: annotator sync --resend PROJECT {folder}</source>
        <translation>المجلد {folder} فارغ، وقد تبادل هذا المشروع عمله فيه من قبل. صِل القرص أو الشبكة ثم أعد المحاولة. إن كان المجلد جديداً أو أُفرغ فاختره من جديد، أو شغّل: annotator sync --resend PROJECT {folder}</translation>
    </message>
    <message>
        <source>{path} is damaged. Delete it and synchronise again.</source>
        <translation>الملف {path} تالف. احذفه ثم أعد المزامنة.</translation>
    </message>
    <message>
        <source>{path} is inside the shared folder {folder}. Programs that synchronise folders replace files that are open, which damages projects. Close the project and move it to another folder.</source>
        <translation>ملف المشروع {path} داخل المجلد المشترك {folder}. برامج مزامنة المجلدات تستبدل الملفات المفتوحة، وهذا يُتلف المشاريع. أغلق المشروع وانقله إلى مجلد آخر.</translation>
    </message>
    <message>
        <source>{source} was skipped: {what} in it is dated {date}, more than a day ahead of this computer&apos;s clock. If this clock is wrong, correct it and synchronise again.</source>
        <translation>الملف {source}: لم يُقرأ، ففيه {what} بتاريخ {date}، أي بعد ساعة هذا الحاسوب بأكثر من يوم. إن كانت الساعة خاطئة فاضبطها ثم أعد المزامنة.</translation>
    </message>
    <message>
        <source>Nothing to export: {who} settled any article of {path}. Settle some on the page Adjudicate or with annotator adjudicate, or choose another --resolve.</source>
        <translation>لا يوجد ما يُصدَّر: {who} حسم مقالة من مقالات {path}. احسم بعضها في صفحة «التحكيم» أو بالأمر annotator adjudicate، أو اختر قيمة أخرى للخيار ‎--resolve.</translation>
    </message>
    <message>
        <source>no adjudicator</source>
        <translation>ما من محكِّم</translation>
    </message>
    <message>
        <source>Only a lead can change roles, and {name} is none. Ask a lead of {path}: {leads}.</source>
        <translation>لا يغيّر الأدوار إلا مشرف الفريق، وليس {name} مشرفاً. اطلب ذلك من مشرف {path}: {leads}.</translation>
    </message>
    <message>
        <source>The settings on this computer were copied from another one, where {name} works. If you are {name}, run: annotator team switch {path} {id}. If not, run: annotator team switch {path} --new YOUR-NAME</source>
        <translation>إعدادات هذا الحاسوب منسوخة من حاسوب آخر يعمل عليه {name}. إن كان {name} اسمك فنفّذ: annotator team switch {path} {id}. وإلا فنفّذ: annotator team switch {path} --new YOUR-NAME</translation>
    </message>
    <message>
        <source>{name} is already in {path}. Give another name.</source>
        <translation>الاسم {name}: موجود في {path}. اختر اسماً آخر.</translation>
    </message>
    <message>
        <source>{name} is the only lead of {path}. Make somebody else a lead first: annotator team set-role {path} NAME lead</source>
        <translation>المشرف {name}: هو المشرف الوحيد في {path}. عيّن مشرفاً آخر أولاً: annotator team set-role {path} NAME lead</translation>
    </message>
    <message>
        <source>{path} was last used by {name} on another computer, or made for {name}. If you are {name}, run: annotator team switch {path} {id}. If not, run: annotator team switch {path} --new YOUR-NAME</source>
        <translation>المشروع {path}: عمل فيه {name} آخر مرة على حاسوب آخر، أو أُعدّ له. إن كان {name} اسمك فنفّذ: annotator team switch {path} {id}. وإلا فنفّذ: annotator team switch {path} --new YOUR-NAME</translation>
    </message>
    <message>
        <source>IO cannot separate nested spans of one label. Choose another scheme for columns.</source>
        <translation>لا يميّز نظام IO المواضع المتداخلة ذات الوسم الواحد. اختر نظاماً آخر للأعمدة.</translation>
    </message>
    <message>
        <source>Line {head_line}: the document {document} ends early, at character {cursor}.</source>
        <translation>السطر {head_line}: المقالة {document} مبتورة عند الحرف {cursor}.</translation>
    </message>
    <message>
        <source>Line {line_number}: {line!r} does not have {columns} columns like the lines before it.</source>
        <translation>السطر {line_number}: ليس في {line!r} ‏{columns} من الأعمدة كما في الأسطر السابقة.</translation>
    </message>
    <message>
        <source>Line {number}: {head!r} is not the beginning of the document that was written here.</source>
        <translation>السطر {number}: لا تبدأ {head!r} المقالة التي كُتبت هنا.</translation>
    </message>
    <message>
        <source>Line {number}: {line!r} is not the next word of the document {document}.</source>
        <translation>السطر {number}: ليست {line!r} تتمة المقالة {document}.</translation>
    </message>
    <message>
        <source>The document {document} has the character U+{code:04X} at {character}. XML cannot store it. Export as json.</source>
        <translation>في المقالة {document} الحرف ‎U+{code:04X}‎ عند الموضع {character}، ولا مكان له في XML. صدّر بصيغة json.</translation>
    </message>
    <message>
        <source>on line {number} has the name {name}, which another span has</source>
        <translation>في السطر {number} له الاسم {name} وهو اسم موضع آخر</translation>
    </message>
    <message>
        <source>is part of an example answered {answer}</source>
        <translation>من مثال أُجيب عنه بـ{answer}</translation>
    </message>
    <message>
        <source>is one of {count} of the type {kind}, which is not NamedEntity</source>
        <translation>واحد من {count} من النوع {kind}، وليس هذا NamedEntity</translation>
    </message>
    <message>
        <source>no layer of spans (#T_SP=). Export it with its layer of named entities.</source>
        <translation>لا توجد فيه طبقة مواضع (‎#T_SP=‎). صدّره مع طبقة الكيانات المسماة.</translation>
    </message>
    <message>
        <source>{columns} columns, and the others have {width}</source>
        <translation>أعمدته {columns} وأعمدة سائر الأسطر {width}</translation>
    </message>
    <message>
        <source>contains {files} files. Use a folder, or several zips.</source>
        <translation>عدد ملفاته {files}. استخدم مجلداً، أو عدة ملفات zip.</translation>
    </message>
    <message>
        <source>The document {document} has the character {character} in its text, its title, a note, a label or a name. XML cannot store it. Export as json.</source>
        <translation>في نص المقالة {document} أو عنوانها أو في ملاحظة أو وسم أو اسم منها الحرف {character}، ولا مكان له في XML. صدّر بصيغة json.</translation>
    </message>
    <message>
        <source>damaged character in the article («{around}»). Save it again.</source>
        <translation>حرف تالف في المقالة («{around}»). احفظها من جديد.</translation>
    </message>
    <message>
        <source>a document is larger than 50 MB. Split it into its articles.</source>
        <translation>فيه مقالة أكبر من 50 م.ب. اقسمها إلى مقالات.</translation>
    </message>
    <message>
        <source>at {place} has an invalid value ({cell!r})</source>
        <translation>عند {place} قيمته غير صالحة ({cell!r})</translation>
    </message>
    <message>
        <source>is part of a cancelled annotation</source>
        <translation>من وسم أُلغي</translation>
    </message>
    <message>
        <source>is one of {count} in the layer {layer} ({feature}), which is not supported</source>
        <translation>واحد من {count} في الطبقة {layer} ({feature})، وهي غير مدعومة</translation>
    </message>
    <message>
        <source>has the invalid tag {tag} ({count} in all)</source>
        <translation>بالعلامة غير الصالحة {tag} (العدد {count})</translation>
    </message>
    <message>
        <source>no word before the tag, line skipped. Correct it.</source>
        <translation>ليس فيه كلمة قبل الوسم، فتُرك. أصلح السطر.</translation>
    </message>
    <message>
        <source>{columns} columns, instead of a number, a word and {more} more</source>
        <translation>أعمدته {columns}، والمطلوب رقم وكلمة ومعهما {more} من الأعمدة الأخرى</translation>
    </message>
    <message>
        <source>no file to import. Add files to the zip.</source>
        <translation>لا يوجد فيه ملف للاستيراد. أضف ملفات إليه.</translation>
    </message>
    <message>
        <source>an older version of WebAnno TSV. Export it as WebAnno TSV 3.</source>
        <translation>ملف بإصدار أقدم من WebAnno TSV. صدّره بصيغة WebAnno TSV 3.</translation>
    </message>
    <message>
        <source>XML with the root {root}, not TEI. Let the program detect the format.</source>
        <translation>ملف XML جذره {root} وليس TEI. دع البرنامج يتعرّف على الصيغة.</translation>
    </message>
    <message>
        <source>a corpus without documents. Choose one with a TEI element.</source>
        <translation>مجموعة نصوص بلا مقالات. اختر ملفاً فيه عنصر TEI.</translation>
    </message>
    <message>
        <source>a table of words and tags. Save it as .conll: a word, a tab and its tag on each line, and an empty line after each sentence.</source>
        <translation>جدول كلمات ووسوم. احفظه باسم ينتهي بـ .conll: في كل سطر كلمة فعلامة جدولة فوسمها، وبعد كل جملة سطر فارغ.</translation>
    </message>
    <message>
        <source>a web archive without a page. Save the page again.</source>
        <translation>أرشيف وِب بلا صفحة. احفظ الصفحة من جديد.</translation>
    </message>
    <message>
        <source>empty file. Write a JSON object with a text field on each line.</source>
        <translation>ملف فارغ. اكتب في كل سطر عنصر JSON فيه حقل للنص.</translation>
    </message>
    <message>
        <source>empty file. Write a header with a text column, and one article on each row.</source>
        <translation>ملف فارغ. اكتب ترويسة فيها عمود للنص ومقالة في كل صف.</translation>
    </message>
    <message>
        <source>empty file. Save the page again.</source>
        <translation>ملف فارغ. احفظ الصفحة من جديد.</translation>
    </message>
    <message>
        <source>larger than 20 MB. Save only the article.</source>
        <translation>أكبر من 20 م.ب. احفظ المقالة وحدها.</translation>
    </message>
    <message>
        <source>larger than 200 MB. Split it into its articles.</source>
        <translation>أكبر من 200 م.ب. اقسمه إلى مقالاته.</translation>
    </message>
    <message>
        <source>larger than 50 MB. Split it into its articles.</source>
        <translation>أكبر من 50 م.ب. اقسمه إلى مقالاته.</translation>
    </message>
    <message>
        <source>larger than 50 MB. Split it.</source>
        <translation>أكبر من 50 م.ب. اقسمه.</translation>
    </message>
    <message>
        <source>longer than 50 MB. Split it into its articles.</source>
        <translation>أطول من 50 م.ب. اقسمه إلى مقالاته.</translation>
    </message>
    <message>
        <source>not UTF-8. Save it as UTF-8.</source>
        <translation>ليس بترميز UTF-8. احفظه بترميز UTF-8.</translation>
    </message>
    <message>
        <source>not an object with a text field. Write it as {“text”: …}.</source>
        <translation>ليس عنصراً فيه حقل للنص. اكتبه هكذا: ‎{“text”: …}‎.</translation>
    </message>
    <message>
        <source>annotation {misfit}; skipped.</source>
        <translation>تُرك وسم منه: {misfit}.</translation>
    </message>
    <message>
        <source>neither UTF-8 nor Windows-1256. Save it as UTF-8.</source>
        <translation>لا تُقرأ حروفه بترميز UTF-8 ولا Windows-1256. احفظه بترميز UTF-8.</translation>
    </message>
    <message>
        <source>no ID or FORM column. Name both in the line # global.columns.</source>
        <translation>لا يوجد فيه عمود ID أو عمود FORM. سمّ كليهما في السطر ‎# global.columns.</translation>
    </message>
    <message>
        <source>the field {name} is nested more than {most} deep. Remove it.</source>
        <translation>تداخل الحقل {name} أعمق من {most}. احذفه.</translation>
    </message>
    <message>
        <source>the field {name} is not a string. Write the article&apos;s text in quotation marks.</source>
        <translation>الحقل {name} ليس نصاً. اكتب نص المقالة بين علامتي تنصيص.</translation>
    </message>
    <message>
        <source>the file {file!r} would be unpacked outside the folder. Do not trust this zip.</source>
        <translation>الملف {file!r} يُفكّ خارج المجلد. لا تثق بهذا الملف المضغوط.</translation>
    </message>
    <message>
        <source>the file {file} has a password. Unpack it first.</source>
        <translation>الملف {file} محمي بكلمة سر. فُكّه أولاً.</translation>
    </message>
    <message>
        <source>the file {file} expands from {small} KB to {large} MB, like a zip bomb. Unpack it yourself if you trust it.</source>
        <translation>الملف {file} يتمدّد من {small} ك.ب إلى {large} م.ب كقنبلة zip. فُكّه بنفسك إن كنت تثق به.</translation>
    </message>
    <message>
        <source>expands to more than 4 GB. Unpack it and import the folder.</source>
        <translation>يتجاوز حجمه بعد فكّه 4 غ.ب. فُكّه واستورد المجلد.</translation>
    </message>
    <message>
        <source>tags in the first column. Write the word first and its tag last on each line.</source>
        <translation>في عموده الأول وسوم. ضع الكلمة أولاً ووسمها آخراً في كل سطر.</translation>
    </message>
    <message>
        <source>the first line with a word has {columns} columns. Write CoNLL-U with ten columns, separated by tabs.</source>
        <translation>في أول سطر لكلمة فيه {columns} من الأعمدة. قدّم CoNLL-U بعشرة أعمدة بينها علامات جدولة.</translation>
    </message>
    <message>
        <source>cannot read the header ({why}). Check its quotation marks.</source>
        <translation>تتعذّر قراءة ترويسته ({why}). تحقّق من علامات التنصيص فيها.</translation>
    </message>
    <message>
        <source>the header has {number} columns named {name}. Rename all but one.</source>
        <translation>في عناوين أعمدته {number} أعمدة باسم {name}. غيّر أسماءها إلا واحداً.</translation>
    </message>
    <message>
        <source>line {line} is longer than 50 MB. Split it into its articles.</source>
        <translation>سطره {line} أطول من 50 م.ب. اقسمه إلى مقالاته.</translation>
    </message>
    <message>
        <source>line {number} is longer than a million characters. Write one word on each line.</source>
        <translation>سطره {number} أطول من مليون حرف. اكتب كلمة في كل سطر.</translation>
    </message>
    <message>
        <source>cannot read its markup ({why}). Save the page again.</source>
        <translation>تتعذّر قراءة ترميزه ({why}). احفظ الصفحة من جديد.</translation>
    </message>
    <message>
        <source>cannot read its markup.</source>
        <translation>تتعذّر قراءة ترميزه.</translation>
    </message>
    <message>
        <source>text file {text} not found. Put both files into one folder.</source>
        <translation>ملف النص {text} غير موجود. ضع الملفين في مجلد واحد.</translation>
    </message>
    <message>
        <source>words are more than 50 MB apart. Export it again.</source>
        <translation>تتباعد كلماته بأكثر من 50 م.ب. صدّره من جديد.</translation>
    </message>
    <message>
        <source>may be in the view {view}, which is not supported</source>
        <translation>قد يكون في العرض {view}، وهو غير مدعوم</translation>
    </message>
    <message>
        <source>the text of the document {document} comes later. Put that row first.</source>
        <translation>نص المقالة {document} يأتي لاحقاً. ضع صفّه أولاً.</translation>
    </message>
    <message>
        <source>is in the span group {group}, which is not supported</source>
        <translation>في مجموعة المواضع {group}، وهي غير مدعومة</translation>
    </message>
    <message>
        <source>the document that begins on line {line} is larger than 50 MB. Split it.</source>
        <translation>المقالة التي تبدأ في السطر {line} أكبر من 50 م.ب. اقسمها.</translation>
    </message>
    <message>
        <source>cannot read the row ({why}). Check its quotation marks.</source>
        <translation>تتعذّر قراءة الصف ({why}). تحقّق من علامات التنصيص فيه.</translation>
    </message>
    <message>
        <source>the row has {cells} fields, and the header {columns}. Put fields with the separator in quotation marks.</source>
        <translation>حقول الصف {cells} وحقول الترويسة {columns}. ضع الحقول التي فيها الفاصل بين علامتي تنصيص.</translation>
    </message>
    <message>
        <source>{bare} of {rows} lines have no tag. Write a word and its tag on each line.</source>
        <translation>عدد الأسطر التي بلا وسم: {bare} من {rows}. اكتب في كل سطر كلمة ووسمها.</translation>
    </message>
    <message>
        <source>{closing} was never opened</source>
        <translation>العنصر {closing} لم يُفتح</translation>
    </message>
    <message>
        <source>{eid} is never closed</source>
        <translation>العنصر {eid} فُتح ولم يُغلق</translation>
    </message>
    <message>
        <source>{name}: not a single JSON array.</source>
        <translation>الملف {name}: ليس مصفوفة JSON واحدة.</translation>
    </message>
    <message>
        <source>{other} of {rows} lines do not end in a tag. Make the last column the tags.</source>
        <translation>عدد الأسطر التي لا تنتهي بوسم: {other} من {rows}. اجعل الوسوم في العمود الأخير.</translation>
    </message>
    <message>
        <source>{place}: what was read back differs from what was written ({why}).</source>
        <translation>الملف {place}: لا يُقرأ كما كُتب ({why}).</translation>
    </message>
    <message>
        <source>{place}: more than was written.</source>
        <translation>الملف {place}: فيه أكثر مما كُتب.</translation>
    </message>
    <message>
        <source>{place}: annotation {misfit}.</source>
        <translation>الملف {place}: وسم منه {misfit}.</translation>
    </message>
    <message>
        <source>{place}: the text differs from the document {document}.</source>
        <translation>الملف {place}: نصه غير نص المقالة {document}.</translation>
    </message>
    <message>
        <source>{place}: more documents than were written.</source>
        <translation>الملف {place}: فيه مقالات أكثر مما كُتب.</translation>
    </message>
    <message>
        <source>{start}-{end} {label} has no position in the text</source>
        <translation>الوسم {label} من {start} إلى {end} موضعه خارج النص</translation>
    </message>
    <message>
        <source>{start}-{end} {label} is «{found}», not «{said}»</source>
        <translation>الوسم {label} من {start} إلى {end} هو «{found}» وليس «{said}»</translation>
    </message>
    <message>
        <source>{target} {label} has no position in the text</source>
        <translation>الوسم {label} عند {target} موضعه خارج النص</translation>
    </message>
    <message>
        <source>{trouble}: line skipped. Correct it.</source>
        <translation>تُرك السطر ({trouble}). أصلحه.</translation>
    </message>
    <message>
        <source>{trouble}: the word was read with {tags}. Correct the line.</source>
        <translation>قُرئت الكلمة بـ{tags} ({trouble}). أصلح السطر.</translation>
    </message>
    <message>
        <source>The suggester combined cannot be combined with others.</source>
        <translation>لا يمكن جمع مولّد الاقتراحات combined مع غيره.</translation>
    </message>
    <message>
        <source>Cannot convert the weights of {model} ({why}).</source>
        <translation>تعذّر تحويل أوزان النموذج {model}‏ ({why}).</translation>
    </message>
    <message>
        <source>The weights {path} are incomplete or damaged. {again}</source>
        <translation>ملف الأوزان {path}: ناقص أو تالف. {again}</translation>
    </message>
    <message>
        <source>The model in {folder} is from an earlier version of this program. Convert it, without a download, with: annotator models install</source>
        <translation>النموذج في {folder}: ثبّته إصدار سابق من هذا البرنامج. حوّله دون تنزيل من «مشروع ← النماذج».</translation>
    </message>
    <message>
        <source>{precision} is not available for {model}: it labels only {agreement}% of the words of the sample articles as fp32 does, and 99% are needed.</source>
        <translation>الدقة {precision} غير متاحة للنموذج {model}: لا تطابق وسومها وسوم fp32 إلا في {agreement}٪ من كلمات المقالات النموذجية، والمطلوب 99٪.</translation>
    </message>
    <message>
        <source>It has no pattern.</source>
        <translation>ليس لها نمط.</translation>
    </message>
    <message>
        <source>No word is {piece}.</source>
        <translation>لا توجد كلمة من {piece}.</translation>
    </message>
    <message>
        <source>{piece} closes nothing.</source>
        <translation>الرمز {piece}: لا يغلق شيئاً.</translation>
    </message>
    <message>
        <source>{piece} has no meaning here.</source>
        <translation>الرمز {piece}: ليس له معنى هنا.</translation>
    </message>
    <message>
        <source>{piece} has nothing before it.</source>
        <translation>ليس قبل {piece} شيء.</translation>
    </message>
    <message>
        <source>{piece} is missing.</source>
        <translation>ينقص {piece}.</translation>
    </message>
    <message>
        <source>Cannot write {path}: {why}. Check your permission to write.</source>
        <translation>الملف {path}: تعذّرت كتابته ({why}). تحقّق من صلاحية الكتابة.</translation>
    </message>
    <message>
        <source>Several annotators are called {name}. Give the ID of one: {ids}.</source>
        <translation>لأكثر من موسِّم الاسم {name}. اذكر معرّف أحدهم: {ids}.</translation>
    </message>
    <message>
        <source>Cannot write {path} ({why}). Choose another place.</source>
        <translation>الملف {path}: تعذّرت كتابته ({why}). اختر مكاناً آخر.</translation>
    </message>
    <message>
        <source>{path} maps &quot;{label}&quot; to {target!r}. Give a label in quotation marks, or null to drop it.</source>
        <translation>الملف {path}: يحوّل الوسم «{label}» إلى {target!r}. اكتب وسماً بين علامتي تنصيص، أو null لاستبعاده.</translation>
    </message>
    <message>
        <source>it exists and is not an export in this format. Choose another name</source>
        <translation>موجود وليس تصديراً بهذه الصيغة، فاختر اسماً آخر</translation>
    </message>
    <message>
        <source>Files of a newer annotator in {folder} were skipped: {count}. Upgrade annotator.</source>
        <translation>المجلد {folder}: فيه ملفات من إصدار أحدث لم تُقرأ، وعددها {count}. حدّث البرنامج.</translation>
    </message>
    <message>
        <source>The bundled resource {steps} is missing. Reinstall annotator.</source>
        <translation>المورد المرفق {steps} غير موجود. أعد تثبيت البرنامج.</translation>
    </message>
    <message>
        <source>The bundled table {path} is damaged ({why}). Reinstall annotator.</source>
        <translation>الجدول المرفق {path} تالف ({why}). أعد تثبيت البرنامج.</translation>
    </message>
    <message>
        <source>{path} needs a newer annotator (schema {newer}). Upgrade annotator, then open it again.</source>
        <translation>الملف {path}: يحتاج إلى إصدار أحدث من البرنامج (المخطط {newer}). حدّث البرنامج ثم افتح الملف.</translation>
    </message>
    <message>
        <source>This needs the package {package}, which the stand-alone program does not have. Install annotator with uv for it.</source>
        <translation>هذا يحتاج إلى الحزمة {package}، وليست في البرنامج المستقل. ثبّت البرنامج بواسطة uv لاستعمالها.</translation>
    </message>
    <message>
        <source>This needs the package {package}. Install it with: {command}</source>
        <translation>هذا يحتاج إلى الحزمة {package}. ثبّتها بالأمر: {command}</translation>
    </message>
    <message>
        <source>A lead has to say that {name} works with the login {login}. The lead runs: annotator sync --login {name}={login} PROJECT</source>
        <translation>حساب الخادم {login}: على مشرف الفريق أن يحدّد في مشروعه أنه حساب {name}. ينفّذ المشرف: annotator sync --login {name}={login} PROJECT</translation>
    </message>
    <message>
        <source>Articles and changes that were not sent, because they are larger than the 200 MB that the server takes: {count}. They stay in this project.</source>
        <translation>مقالات وتغييرات لم تُرسل لأن حجمها يتجاوز 200 م.ب، وهو أقصى ما يقبله الخادم: {count}. هي باقية في هذا المشروع.</translation>
    </message>
    <message>
        <source>Cannot reach {server}: {why}. Nothing was sent twice or lost. Synchronise again later.</source>
        <translation>الخادم {server}: تعذّر الوصول إليه ({why}). لم يُفقد شيء ولم يُرسل شيء مرتين. أعد المزامنة لاحقاً.</translation>
    </message>
    <message>
        <source>Changes to labels, articles, roles or gold that were not sent, because your login may not send them: {count}. A lead can merge this project file and send them.</source>
        <translation>تغييرات في الوسوم أو المقالات أو الأدوار أو النسخة المرجعية لم تُرسل لأن حسابك لا يملك صلاحية إرسالها: {count}. يمكن لمشرف الفريق دمج ملف المشروع هذا وإرسالها.</translation>
    </message>
    <message>
        <source>Decisions of others that were not sent: {count}. They or a lead can send them.</source>
        <translation>قرارات لموسِّمين آخرين لم تُرسل: {count}. يرسلها أصحابها أو مشرف الفريق.</translation>
    </message>
    <message>
        <source>It is not known who works in this copy, so its decisions are not sent. Run: annotator team switch PROJECT NAME</source>
        <translation>صاحب هذه النسخة من المشروع غير معروف، فلم تُرسل قراراتها. نفّذ: annotator team switch PROJECT NAME</translation>
    </message>
    <message>
        <source>The address of the server is not valid. Write it like this: postgresql://salma@db.example.org/news</source>
        <translation>عنوان الخادم غير صالح. اكتبه هكذا: postgresql://salma@db.example.org/news</translation>
    </message>
    <message>
        <source>The database was prepared by an earlier annotator. Whoever administers it runs: annotator sync --prepare URL</source>
        <translation>أعدّ قاعدة البيانات إصدار أقدم من البرنامج. ينفّذ مسؤول الخادم: annotator sync --prepare URL</translation>
    </message>
    <message>
        <source>The database {name} has the encoding {encoding}. Create another one with: createdb -E UTF8 -T template0 NAME</source>
        <translation>قاعدة البيانات {name}: ترميزها {encoding}. أنشئ غيرها بالأمر: createdb -E UTF8 -T template0 NAME</translation>
    </message>
    <message>
        <source>The database {server} is not prepared. Whoever administers it runs: annotator sync --prepare URL</source>
        <translation>قاعدة البيانات {server} غير معدّة بعد. ينفّذ مسؤول الخادم: annotator sync --prepare URL</translation>
    </message>
    <message>
        <source>The login {login} belongs to another annotator than {name}. Use one login for each annotator.</source>
        <translation>حساب الخادم {login} لموسِّم آخر غير {name}. خصّص لكل موسِّم حساباً.</translation>
    </message>
    <message>
        <source>The name of the database {name} is longer than {count} bytes. Create one with a shorter name.</source>
        <translation>قاعدة البيانات {name}: اسمها أطول من الحد، وهو بالبايت {count}. أنشئ قاعدة باسم أقصر.</translation>
    </message>
    <message>
        <source>There is no login {login} on the server. Whoever administers it runs: create role {login} login</source>
        <translation>الحساب {login} غير موجود على الخادم. ينفّذ مسؤول الخادم: create role {login} login</translation>
    </message>
    <message>
        <source>{name} works on the server with the login {other}, not with {login}. If somebody else works in this copy, run: annotator team switch PROJECT NAME</source>
        <translation>حساب {name} على الخادم هو {other} لا {login}. إن كان صاحب هذه النسخة من المشروع شخصاً آخر فنفّذ: annotator team switch PROJECT NAME</translation>
    </message>
    <message>
        <source>{server} does not allow this: {why}. Ask whoever administers the server.</source>
        <translation>الخادم {server} لا يسمح بذلك ({why}). راجع مسؤول الخادم.</translation>
    </message>
    <message>
        <source>{server} does not have this project yet. A lead has to synchronise it first.</source>
        <translation>الخادم {server}: هذا المشروع غير موجود عليه بعد. يجب أن يزامنه مشرف الفريق أولاً.</translation>
    </message>
    <message>
        <source>{server} does not take what is dated more than a day ahead of its clock. Correct the clock of this computer.</source>
        <translation>الخادم {server} لا يقبل ما يسبق تاريخه ساعة الخادم بأكثر من يوم. صحّح ساعة هذا الحاسوب.</translation>
    </message>
    <message>
        <source>{server} has another version of {row}, so that either this project or the server is damaged. Open a backup of the project, or ask whoever administers the server.</source>
        <translation>الخادم {server}: عليه نسخة مختلفة من {row}، فإما أن هذا المشروع تالف وإما الخادم. افتح نسخة احتياطية من المشروع أو راجع مسؤول الخادم.</translation>
    </message>
    <message>
        <source>{server} has nothing of this project, but it exchanged its work there before. If the server is new or was emptied, a lead runs: annotator sync --resend PROJECT URL</source>
        <translation>الخادم {server}: ليس عليه شيء من هذا المشروع مع أنه زومن معه من قبل. إن كان الخادم جديداً أو أُفرغ فلينفّذ مشرف الفريق: annotator sync --resend PROJECT URL</translation>
    </message>
    <message>
        <source>{server} reports an error: {why}. Nothing was sent twice or lost. Ask whoever administers the server.</source>
        <translation>الخادم {server}: أبلغ عن خطأ ({why}). لم يُفقد شيء ولم يُرسل شيء مرتين. راجع مسؤول الخادم.</translation>
    </message>
    <message>
        <source>The address contains a password. Leave it out, because the project remembers the address, and put the password into the file {path}, in a line like this: {line}</source>
        <translation>في العنوان كلمة مرور. احذفها منه، لأن المشروع يحفظ العنوان، واكتبها في الملف {path} في سطر كهذا: {line}</translation>
    </message>
</context>
<context>
    <name>exports</name>
    <message>
        <source>clitic</source>
        <translation>حرف متصل</translation>
    </message>
    <message>
        <source>inside a word</source>
        <translation>داخل كلمة</translation>
    </message>
    <message>
        <source>across the end of a sentence</source>
        <translation>عبر نهاية جملة</translation>
    </message>
    <message>
        <source>nested</source>
        <translation>متداخل</translation>
    </message>
    <message>
        <source>words of another annotator</source>
        <translation>كلمات وسمها موسِّم آخر</translation>
    </message>
    <message>
        <source>merges with its neighbour</source>
        <translation>يلتبس بجاره</translation>
    </message>
    <message>
        <source>by several annotators</source>
        <translation>وضعه أكثر من موسِّم</translation>
    </message>
    <message>
        <source>page debris</source>
        <translation>زوائد الصفحة</translation>
    </message>
    <message>
        <source>space at a boundary</source>
        <translation>مسافة عند الحد</translation>
    </message>
    <message>
        <source>only spaces</source>
        <translation>مسافات فقط</translation>
    </message>
    <message>
        <source>boundary inside a replaced name</source>
        <translation>حدّ داخل اسم مستبدل</translation>
    </message>
    <message>
        <source>removed from the project</source>
        <translation>محذوفة من المشروع</translation>
    </message>
    <message>
        <source>not selected</source>
        <translation>غير مختار</translation>
    </message>
    <message>
        <source>too old</source>
        <translation>أقدم من المطلوب</translation>
    </message>
    <message>
        <source>without a date</source>
        <translation>بلا تاريخ</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>لم يُنجز</translation>
    </message>
    <message>
        <source>not adjudicated</source>
        <translation>لم يُحسم</translation>
    </message>
    <message>
        <source>no majority</source>
        <translation>لا أغلبية</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>التدريب</translation>
    </message>
    <message>
        <source>Dev</source>
        <translation>التطوير</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>الاختبار</translation>
    </message>
    <message>
        <source>{0} annotations: {1} exact, {2} not</source>
        <translation>الوسوم: {0} (مطابقة {1}، وغير مطابقة {2})</translation>
    </message>
    <message>
        <source>Changed boundaries: {0}</source>
        <translation>بحدود معدّلة: {0}</translation>
    </message>
    <message>
        <source>Not exported: {0}</source>
        <translation>لا تُصدَّر: {0}</translation>
    </message>
    <message>
        <source>Exact, with adjusted tokens or sentences: {0}</source>
        <translation>مطابقة مع تعديل الوحدات النصية أو الجمل: {0}</translation>
    </message>
    <message>
        <source>Without annotator names: {0}</source>
        <translation>دون أسماء الموسِّمين: {0}</translation>
    </message>
    <message>
        <source>Notes and flags: {0}, not exported: {1}</source>
        <translation>الملاحظات والشكوك: {0}، لا يُصدَّر منها: {1}</translation>
    </message>
    <message>
        <source>Annotations not exported: {0}</source>
        <translation>وسوم لا تُصدَّر: {0}</translation>
    </message>
    <message>
        <source>Including suggestions (marked): {0}</source>
        <translation>منها اقتراحات (مميَّزة بعلامة): {0}</translation>
    </message>
    <message>
        <source>{0}: {1} articles, {2} annotations, {3} of them exact</source>
        <translation>{0}: المقالات {1}، والوسوم {2}، والمطابق منها {3}</translation>
    </message>
    <message>
        <source>The folder was written and every file verified: {0}</source>
        <translation>كُتب المجلد وثبتت مطابقة كل ملف فيه: {0}</translation>
    </message>
    <message>
        <source>The file was written and verified: {0}</source>
        <translation>كُتب الملف وثبتت مطابقته: {0}</translation>
    </message>
    <message>
        <source>Differences are listed in {0}</source>
        <translation>الاختلافات مذكورة في {0}</translation>
    </message>
    <message>
        <source>Report: {0}</source>
        <translation>التقرير: {0}</translation>
    </message>
    <message>
        <source>With a label that is no longer in the project: {0}</source>
        <translation>بوسم لم يعد في قائمة وسوم المشروع: {0}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
    <message>
        <source>done</source>
        <translation>منجزة</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>قيد العمل</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>لم يُبدأ بها</translation>
    </message>
    <message>
        <source>Articles not exported: {0}</source>
        <translation>مقالات لا تُصدَّر: {0}</translation>
    </message>
    <message>
        <source>Reasons: {0}</source>
        <translation>الأسباب: {0}</translation>
    </message>
    <message>
        <source>Other files saved in the folder during the export (kept): {0}</source>
        <translation>ملفات أخرى حُفظت في المجلد أثناء التصدير، وقد أُبقيت: {0}</translation>
    </message>
    <message>
        <source>Settled articles that have changed since: {0}</source>
        <translation>مقالات محسومة تغيّرت بعد حسمها: {0}</translation>
    </message>
    <message>
        <source>Articles that adjudicators settled differently: {0}</source>
        <translation>مقالات حسمها محكِّمون على وجهين: {0}</translation>
    </message>
    <message>
        <source>settled otherwise</source>
        <translation>حُسم على غير ذلك</translation>
    </message>
</context>
<context>
    <name>formats</name>
    <message>
        <source>brat standoff (zip)</source>
        <translation>brat (zip)</translation>
    </message>
    <message>
        <source>CoNLL: one token per line</source>
        <translation>CoNLL: وحدة نصية في كل سطر</translation>
    </message>
    <message>
        <source>CoNLL-U</source>
        <translation>CoNLL-U</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>جدول CSV</translation>
    </message>
    <message>
        <source>doccano (JSONL)</source>
        <translation>doccano (JSONL)</translation>
    </message>
    <message>
        <source>RSS or Atom feed</source>
        <translation>خلاصة RSS أو Atom</translation>
    </message>
    <message>
        <source>GATE (XML)</source>
        <translation>GATE (XML)</translation>
    </message>
    <message>
        <source>Saved web page</source>
        <translation>صفحة وِب محفوظة</translation>
    </message>
    <message>
        <source>Hugging Face datasets (Parquet)</source>
        <translation>Hugging Face datasets (Parquet)</translation>
    </message>
    <message>
        <source>JSON: a list of articles</source>
        <translation>JSON: قائمة واحدة بالمقالات</translation>
    </message>
    <message>
        <source>JSON Lines: one article per line</source>
        <translation>JSON Lines: مقالة في كل سطر</translation>
    </message>
    <message>
        <source>Label Studio (JSON)</source>
        <translation>Label Studio (JSON)</translation>
    </message>
    <message>
        <source>Parquet</source>
        <translation>Parquet</translation>
    </message>
    <message>
        <source>Prodigy (JSONL)</source>
        <translation>Prodigy (JSONL)</translation>
    </message>
    <message>
        <source>spaCy DocBin</source>
        <translation>spaCy DocBin</translation>
    </message>
    <message>
        <source>TEI P5 (XML)</source>
        <translation>TEI P5 (XML)</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>نص عادي</translation>
    </message>
    <message>
        <source>WebAnno TSV 3.3 (zip)</source>
        <translation>WebAnno TSV 3.3 (zip)</translation>
    </message>
    <message>
        <source>UIMA CAS XMI (zip)</source>
        <translation>UIMA CAS XMI (zip)</translation>
    </message>
    <message>
        <source>Zip archive of such files</source>
        <translation>ملف zip فيه مثل هذه الملفات</translation>
    </message>
    <message>
        <source>Holds nested and crossing spans. Cannot hold: annotators, line ends or tabs at a span&apos;s edge.</source>
        <translation>تحفظ المواضع المتداخلة والمتقاطعة. ولا تحفظ: الموسِّمين، ونهايات الأسطر وعلامات الجدولة عند حد الموضع.</translation>
    </message>
    <message>
        <source>Holds one label for each token, or a column for each level. Cannot hold: spaces, annotators, parts of words (unless clitics are split), page debris.</source>
        <translation>تحفظ وسماً لكل وحدة نصية، أو عموداً لكل مستوى. ولا تحفظ: المسافات، والموسِّمين، وأجزاء الكلمات (إلا بفصل الحروف المتصلة)، وزوائد الصفحة.</translation>
    </message>
    <message>
        <source>Holds the text to the character, nested and crossing spans, clitics as multiword tokens. Cannot hold: annotators, spaces at a span&apos;s edge.</source>
        <translation>تحفظ النص حرفاً حرفاً، والمواضع المتداخلة والمتقاطعة، والحروف المتصلة. ولا تحفظ: الموسِّمين، والمسافات عند حد الموضع.</translation>
    </message>
    <message>
        <source>Holds every span, annotator and origin, and the texts. Cannot hold: regions of the page, dates.</source>
        <translation>تحفظ كل موضع وموسِّمه ومصدره، والنصوص. ولا تحفظ: أقسام الصفحة، والتواريخ.</translation>
    </message>
    <message>
        <source>Holds every span. Cannot hold: annotators.</source>
        <translation>تحفظ كل موضع. ولا تحفظ: الموسِّمين.</translation>
    </message>
    <message>
        <source>Holds every span, nested and crossing. Cannot hold: regions of the page.</source>
        <translation>تحفظ كل موضع، متداخلاً ومتقاطعاً. ولا تحفظ: أقسام الصفحة.</translation>
    </message>
    <message>
        <source>A folder: every span of every annotator, its origin, flat tokens with tags, and a card. Loses nothing.</source>
        <translation>مجلد: كل موضع لكل موسِّم ومصدره، ووحدات نصية بوسومها، وبطاقة. دون فقدان شيء.</translation>
    </message>
    <message>
        <source>Holds every span of every annotator, its origin, and flat tokens with tags. Loses nothing.</source>
        <translation>تحفظ كل موضع لكل موسِّم ومصدره، ووحدات نصية بوسومها. دون فقدان شيء.</translation>
    </message>
    <message>
        <source>Holds every span of every annotator, its origin, and the regions of the page. Loses nothing.</source>
        <translation>تحفظ كل موضع لكل موسِّم ومصدره، وأقسام الصفحة. دون فقدان شيء.</translation>
    </message>
    <message>
        <source>Holds every span, annotator and origin. Cannot hold: regions of the page.</source>
        <translation>تحفظ كل موضع وموسِّمه ومصدره. ولا تحفظ: أقسام الصفحة.</translation>
    </message>
    <message>
        <source>Holds every span on whole tokens, annotator and origin. Cannot hold: regions of the page.</source>
        <translation>تحفظ كل موضع على وحدات نصية كاملة، وموسِّمه ومصدره. ولا تحفظ: أقسام الصفحة.</translation>
    </message>
    <message>
        <source>Holds every span, and the longest ones also as entities. Cannot hold: annotators.</source>
        <translation>تحفظ كل موضع، والأطول منها أيضاً كيانات. ولا تحفظ: الموسِّمين.</translation>
    </message>
    <message>
        <source>Holds every span, nested ones inline and all in standOff, annotator and origin. Cannot hold: regions of the page.</source>
        <translation>تحفظ كل موضع، المتداخل منها داخل النص وكلها في standOff، وموسِّمه ومصدره. ولا تحفظ: أقسام الصفحة.</translation>
    </message>
    <message>
        <source>Holds nested spans, parts of words as sub-tokens. Cannot hold: annotators, the spaces between sentences.</source>
        <translation>تحفظ المواضع المتداخلة وأجزاء الكلمات. ولا تحفظ: الموسِّمين، والمسافات بين الجمل.</translation>
    </message>
    <message>
        <source>Holds nested and crossing spans. Cannot hold: annotators, characters that XML does not allow.</source>
        <translation>تحفظ المواضع المتداخلة والمتقاطعة. ولا تحفظ: الموسِّمين، والحروف التي لا تسمح بها XML.</translation>
    </message>
</context>
<context>
    <name>items</name>
    <message>
        <source>weak suggestion</source>
        <translation>اقتراح ضعيف</translation>
    </message>
    <message>
        <source>suggestion</source>
        <translation>اقتراح</translation>
    </message>
    <message>
        <source>annotation</source>
        <translation>وسم مؤكد</translation>
    </message>
    <message>
        <source>{0} (label removed from the project)</source>
        <translation>{0} (حُذف من وسوم المشروع)</translation>
    </message>
    <message>
        <source>flagged</source>
        <translation>عليه علامة شك</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} من {1}</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>مؤجَّل</translation>
    </message>
    <message>
        <source>Suggested by {0}, version {1}</source>
        <translation>اقترحه {0}، الإصدار {1}</translation>
    </message>
    <message>
        <source>Model score {0}%, estimated confidence {1}%</source>
        <translation>درجة النموذج {0}٪، والثقة المقدَّرة {1}٪</translation>
    </message>
    <message>
        <source>Confirmed. Suggested by {0}</source>
        <translation>مؤكد. اقترحه {0}</translation>
    </message>
</context>
<context>
    <name>manual_keys</name>
    <message>
        <source>Key</source>
        <translation>المفتاح</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>الأمر</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;Project</source>
        <translation>م&amp;شروع</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>ت&amp;حرير</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>ت&amp;وسيم</translation>
    </message>
    <message>
        <source>&amp;Boundaries</source>
        <translation>&amp;حدود الموضع</translation>
    </message>
    <message>
        <source>&amp;Apply label</source>
        <translation>وضع &amp;وسم</translation>
    </message>
    <message>
        <source>&amp;Article</source>
        <translation>م&amp;قالة</translation>
    </message>
    <message>
        <source>&amp;Team</source>
        <translation>&amp;فريق</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;عرض</translation>
    </message>
    <message>
        <source>&amp;Numbers and dates</source>
        <translation>الأ&amp;رقام والتواريخ</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;مساعدة</translation>
    </message>
    <message>
        <source>&amp;Line spacing and tags</source>
        <translation>ت&amp;باعد الأسطر وعرض الوسوم</translation>
    </message>
    <message>
        <source>Moving between words</source>
        <translation>التنقل بين الكلمات</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Downloading</source>
        <translation>تنزيل</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>تحقّق</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>فكّ الضغط</translation>
    </message>
    <message>
        <source>Converting the weights</source>
        <translation>تحويل الأوزان</translation>
    </message>
    <message>
        <source>Cannot reach the server, or the connection was lost. Check the network and try again.</source>
        <translation>تعذّر الوصول إلى الخادم أو انقطع الاتصال. تحقّق من الشبكة وأعد المحاولة.</translation>
    </message>
    <message>
        <source>The model is no longer at its address. Update the program, or install the model from a file.</source>
        <translation>لم يعد النموذج في عنوانه. حدّث البرنامج أو ثبّت النموذج من ملف.</translation>
    </message>
    <message>
        <source>The server refused the request. Check your permission to use it, or try again later.</source>
        <translation>رفض الخادم الطلب. تحقّق من صلاحية الوصول إليه أو أعد المحاولة لاحقاً.</translation>
    </message>
    <message>
        <source>The downloaded file is not the model and was deleted. Try again.</source>
        <translation>الملف المنزَّل ليس النموذج المطلوب وقد حُذف. أعد المحاولة.</translation>
    </message>
    <message>
        <source>This is not the model, or it is damaged. Download it again.</source>
        <translation>هذا ليس النموذج المطلوب أو هو تالف. نزّله من جديد.</translation>
    </message>
    <message>
        <source>Cannot convert the weights of the model. Download it again.</source>
        <translation>تعذّر تحويل أوزان النموذج. نزّله من جديد.</translation>
    </message>
    <message>
        <source>Not enough disk space. Free some space and try again.</source>
        <translation>لا توجد مساحة كافية على القرص. أفرغ مساحة وأعد المحاولة.</translation>
    </message>
    <message>
        <source>Another installation is running. Wait for it to finish.</source>
        <translation>يجري تثبيت آخر. انتظر انتهاءه.</translation>
    </message>
    <message>
        <source>Cannot write to the model folder. Free some space there, or check your permission to write.</source>
        <translation>تعذّرت الكتابة في مجلد النماذج. أفرغ مساحة فيه أو تحقّق من صلاحية الكتابة.</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} م.ب</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>تالف</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>مثبَّت</translation>
    </message>
    <message>
        <source>{0} downloaded</source>
        <translation>نُزّل منه {0}</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>غير مثبَّت</translation>
    </message>
    <message>
        <source>licence: {0}</source>
        <translation>الرخصة: {0}</translation>
    </message>
    <message>
        <source>used by the suggester {0}</source>
        <translation>يستعمله مولّد الاقتراحات {0}</translation>
    </message>
    <message>
        <source>Location: {0}</source>
        <translation>المكان: {0}</translation>
    </message>
    <message>
        <source>{0} of {1} are already downloaded. The next download continues from there.</source>
        <translation>نُزِّل {0} من {1}، ويتابع التنزيل القادم من حيث توقف.</translation>
    </message>
    <message>
        <source>It is downloaded once. Nothing else uses the network.</source>
        <translation>يُنزَّل مرة واحدة، ولا يستعمل الشبكة شيء غيره.</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} من {1}</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>بقي أقل من دقيقة</translation>
    </message>
    <message>
        <source>about {0} min left</source>
        <translation>بقي نحو {0} د</translation>
    </message>
    <message>
        <source>must be converted</source>
        <translation>يلزم تحويله</translation>
    </message>
    <message>
        <source>CAMeL Tools has this model on this computer. Nothing is downloaded.</source>
        <translation>هذا النموذج موجود على هذا الحاسوب لدى CAMeL Tools، فلن يُنزَّل شيء.</translation>
    </message>
    <message>
        <source>{0}% of the words of the sample articles get the same label with both.</source>
        <translation>{0}٪ من كلمات المقالات النموذجية لها الوسم نفسه في الحالين.</translation>
    </message>
    <message>
        <source>Not available: only {0}% of the words of the sample articles get the same label with both.</source>
        <translation>غير متاح: {0}٪ فقط من كلمات المقالات النموذجية لها الوسم نفسه في الحالين.</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>جاهز</translation>
    </message>
    <message>
        <source>off</source>
        <translation>متوقف</translation>
    </message>
    <message>
        <source>not trained yet</source>
        <translation>لم يُدرَّب بعد</translation>
    </message>
    <message>
        <source>Makes one answer from those of the suggesters below. The editor shows its suggestions.</source>
        <translation>يجمع اقتراحات المولّدات الآتية في اقتراح واحد، وهو ما يعرضه المحرر.</translation>
    </message>
    <message>
        <source>Two models (conditional random fields) for names in Arabic news.</source>
        <translation>نموذجان (من الحقول العشوائية الشرطية) للأسماء في الأخبار العربية.</translation>
    </message>
    <message>
        <source>Lists of places, groups, forces and media.</source>
        <translation>قوائم بالأماكن والجماعات والقوات ووسائل الإعلام.</translation>
    </message>
    <message>
        <source>Rules for dates, casualties, attacks, facilities, weapons, titles and numbers.</source>
        <translation>قواعد للتواريخ والخسائر البشرية والهجمات والمنشآت والأسلحة والألقاب والأعداد.</translation>
    </message>
    <message>
        <source>A small neural network that was trained on security news.</source>
        <translation>شبكة عصبية صغيرة دُرّبت على أخبار الأمن.</translation>
    </message>
    <message>
        <source>A model (conditional random field) that has learned when the suggesters above are right.</source>
        <translation>نموذج (حقل عشوائي شرطي) تعلّم متى تصيب المولّدات السابقة.</translation>
    </message>
    <message>
        <source>Names that were confirmed earlier in this project.</source>
        <translation>الأسماء التي أُكِّدت من قبل في هذا المشروع.</translation>
    </message>
    <message>
        <source>A model that the program trains on this project while you work.</source>
        <translation>نموذج يُدرَّب على هذا المشروع أثناء عملك.</translation>
    </message>
    <message>
        <source>The recogniser of CAMeL Tools, a neural network.</source>
        <translation>متعرّف الأسماء في CAMeL Tools، وهو شبكة عصبية.</translation>
    </message>
    <message>
        <source>Trained on NewsFANE Gold by Fahd Alotaibi and Mark Lee (2014). Licence: CC BY-SA 3.0</source>
        <translation>دُرِّب على مجموعة النصوص NewsFANE Gold التي أعدّها Fahd Alotaibi و⁦Mark Lee⁩ (٢٠١٤). الرخصة: ⁦CC BY-SA 3.0⁩</translation>
    </message>
    <message>
        <source>Trained on NewsFANE Gold by Fahd Alotaibi and Mark Lee (2014). Licence: CC BY-SA 3.0. Lists of names: GeoNames and arabnamer (CC BY 4.0), Unicode CLDR, and others named in its model card</source>
        <translation>دُرِّب على مجموعة النصوص NewsFANE Gold التي أعدّها Fahd Alotaibi و⁦Mark Lee⁩ (٢٠١٤). الرخصة: ⁦CC BY-SA 3.0⁩. قوائم الأسماء: GeoNames وarabnamer (⁦CC BY 4.0⁩) وUnicode CLDR، وغيرها مما تذكره بطاقة النموذج</translation>
    </message>
    <message>
        <source>Lists written for this program (MIT), GeoNames (CC BY 4.0), and Unicode CLDR (Unicode-3.0)</source>
        <translation>قوائم كُتبت لهذا البرنامج (MIT)، وGeoNames (⁦CC BY 4.0⁩)، وUnicode CLDR (⁦Unicode-3.0⁩)</translation>
    </message>
    <message>
        <source>Written for this program. Licence: MIT</source>
        <translation>كُتبت لهذا البرنامج. الرخصة: MIT</translation>
    </message>
    <message>
        <source>multilingual-e5-small by Microsoft (MIT), trained on NewsFANE Gold by Fahd Alotaibi and Mark Lee (2014) and on articles written for this program. Licence: CC BY-SA 3.0</source>
        <translation>‏multilingual-e5-small من Microsoft (MIT)، دُرّبت على مجموعة النصوص NewsFANE Gold التي أعدّها Fahd Alotaibi و⁦Mark Lee⁩ (٢٠١٤) وعلى مقالات كُتبت لهذا البرنامج. الرخصة: ⁦CC BY-SA 3.0⁩</translation>
    </message>
    <message>
        <source>Trained on articles written for this program. Licence: MIT</source>
        <translation>دُرّب على مقالات كُتبت لهذا البرنامج. الرخصة: MIT</translation>
    </message>
    <message>
        <source>The decisions of your team</source>
        <translation>قرارات فريقك</translation>
    </message>
    <message>
        <source>The decisions of your team. The model never leaves this computer</source>
        <translation>قرارات فريقك. ولا يغادر النموذج هذا الحاسوب</translation>
    </message>
    <message>
        <source>CAMeL Lab, New York University Abu Dhabi. Licence of the program: MIT</source>
        <translation>مختبر CAMeL في جامعة نيويورك أبوظبي. رخصة البرنامج: MIT</translation>
    </message>
    <message>
        <source>A plug-in of the package {0}.</source>
        <translation>ملحق من الحزمة {0}.</translation>
    </message>
    <message>
        <source>Version: {0}</source>
        <translation>الإصدار: {0}</translation>
    </message>
    <message>
        <source>{0} is damaged:</source>
        <translation>النموذج {0} تالف:</translation>
    </message>
</context>
<context>
    <name>notes</name>
    <message>
        <source>flagged</source>
        <translation>علامة شك</translation>
    </message>
    <message>
        <source>a removed span</source>
        <translation>موضع محذوف</translation>
    </message>
    <message>
        <source>the article</source>
        <translation>المقالة</translation>
    </message>
</context>
<context>
    <name>orders</name>
    <message>
        <source>Import order</source>
        <translation>ترتيب الاستيراد</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>الأحدث أولاً</translation>
    </message>
    <message>
        <source>Most names first</source>
        <translation>الأكثر أسماءً أولاً</translation>
    </message>
    <message>
        <source>Lowest confidence first</source>
        <translation>الأدنى ثقة أولاً</translation>
    </message>
    <message>
        <source>Most new names first</source>
        <translation>الأكثر أسماءً جديدة أولاً</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>line {0}</source>
        <translation>السطر {0}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
    <message>
        <source>no label</source>
        <translation>بلا وسم</translation>
    </message>
    <message>
        <source>Gold</source>
        <translation>النسخة المرجعية</translation>
    </message>
</context>
<context>
    <name>progress</name>
    <message>
        <source>done</source>
        <translation>منجزة</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>قيد العمل</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>لم يُبدأ بها</translation>
    </message>
</context>
<context>
    <name>prompts</name>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>موافق</translation>
    </message>
</context>
<context>
    <name>rich_text</name>
    <message>
        <source>Like this</source>
        <translation>مثال صحيح</translation>
    </message>
    <message>
        <source>Not like this</source>
        <translation>مثال خاطئ</translation>
    </message>
    <message>
        <source>Labels named entities in Arabic security news, from right to left, with the keyboard.</source>
        <translation>برنامج لتوسيم الكيانات المسماة في الأخبار الأمنية العربية، من اليمين إلى اليسار، بلوحة المفاتيح.</translation>
    </message>
    <message>
        <source>Version {0}, with Qt {1}</source>
        <translation>الإصدار {0}، مع Qt {1}</translation>
    </message>
    <message>
        <source>The program is under the MIT licence, the fonts Noto Naskh Arabic and IBM Plex Sans Arabic under the SIL Open Font License, and Qt for Python under the LGPL.</source>
        <translation>البرنامج مرخّص برخصة MIT؛ وخطا Noto Naskh Arabic وIBM Plex Sans Arabic برخصة الخطوط المفتوحة SIL؛ وQt for Python برخصة LGPL.</translation>
    </message>
    <message>
        <source>Annotation editor</source>
        <translation>برنامج التوسيم</translation>
    </message>
</context>
<context>
    <name>roles</name>
    <message>
        <source>Annotator</source>
        <translation>موسِّم</translation>
    </message>
    <message>
        <source>Adjudicator</source>
        <translation>محكِّم</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>مشرف الفريق</translation>
    </message>
</context>
<context>
    <name>tagset</name>
    <message>
        <source>shortcut {0}</source>
        <translation>الاختصار {0}</translation>
    </message>
    <message>
        <source>{0} labelled</source>
        <translation>وُسم به {0}</translation>
    </message>
    <message>
        <source>The order of the labels changes.</source>
        <translation>يتغيّر ترتيب الوسوم.</translation>
    </message>
    <message>
        <source>New label: {0}</source>
        <translation>وسم جديد: {0}</translation>
    </message>
    <message>
        <source>{0}: ID {1} instead of {2}</source>
        <translation>{0}: المعرّف {1} بدلاً من {2}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>{0}: no shortcut</source>
        <translation>{0}: بلا اختصار</translation>
    </message>
    <message>
        <source>{0}: shortcut {1}</source>
        <translation>{0}: الاختصار {1}</translation>
    </message>
    <message>
        <source>{0} is merged into {1}</source>
        <translation>يُدمج {0} في {1}</translation>
    </message>
    <message>
        <source>{0} is removed</source>
        <translation>يُحذف {0}</translation>
    </message>
    <message>
        <source>The rules for the whole tagset change.</source>
        <translation>تتغيّر القواعد العامة لقائمة الوسوم.</translation>
    </message>
    <message>
        <source>new name</source>
        <translation>اسم جديد</translation>
    </message>
    <message>
        <source>new colour</source>
        <translation>لون جديد</translation>
    </message>
    <message>
        <source>new guideline</source>
        <translation>دليل جديد</translation>
    </message>
    <message>
        <source>new examples</source>
        <translation>أمثلة جديدة</translation>
    </message>
    <message>
        <source>new CAMeL Tools classes</source>
        <translation>أصناف جديدة من CAMeL Tools</translation>
    </message>
</context>
</TS>
