<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>ActivityTimer</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AdjudicationPage</name>
    <message numerus="yes">
        <source>Not settled: %n difference(s) left</source>
        <translation>
            <numerusform>Not settled: %n difference left</numerusform>
            <numerusform>Not settled: %n differences left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArticleRemoval</name>
    <message numerus="yes">
        <source>Remove %n article(s)</source>
        <translation>
            <numerusform>Remove %n article</numerusform>
            <numerusform>Remove %n articles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaseModel</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangesPane</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConcordanceDialog</name>
    <message numerus="yes">
        <source>%n place(s) so far</source>
        <translation>
            <numerusform>%n place so far</numerusform>
            <numerusform>%n places so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) in all</source>
        <translation>
            <numerusform>%n place in all</numerusform>
            <numerusform>%n places in all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DecisionController</name>
    <message numerus="yes">
        <source>Confirm %n suggestion(s) that you have not seen?</source>
        <translation>
            <numerusform>Confirm %n suggestion that you have not seen?</numerusform>
            <numerusform>Confirm %n suggestions that you have not seen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not marked as done: %n undecided suggestion(s)</source>
        <translation>
            <numerusform>Not marked as done: %n undecided suggestion</numerusform>
            <numerusform>Not marked as done: %n undecided suggestions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentModel</name>
    <message numerus="yes">
        <source>%n note(s) on spans</source>
        <translation>
            <numerusform>%n note on a span</numerusform>
            <numerusform>%n notes on spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n flag(s)</source>
        <translation>
            <numerusform>%n flag</numerusform>
            <numerusform>%n flags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportController</name>
    <message numerus="yes">
        <source>%n annotation(s), all exact.</source>
        <translation>
            <numerusform>%n annotation, exact.</numerusform>
            <numerusform>%n annotations, all exact.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileWatcher</name>
    <message numerus="yes">
        <source>%n decision(s) received from another window</source>
        <translation>
            <numerusform>%n decision received from another window</numerusform>
            <numerusform>%n decisions received from another window</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GuidelineDialog</name>
    <message numerus="yes">
        <source>Most frequent first: %n annotation(s)</source>
        <translation>
            <numerusform>Most frequent first: %n annotation</numerusform>
            <numerusform>Most frequent first: %n annotations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>Map %n label(s) to continue.</source>
        <translation>
            <numerusform>Map %n label to continue.</numerusform>
            <numerusform>Map %n labels to continue.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) cannot be imported and will be listed.</source>
        <translation>
            <numerusform>%n item cannot be imported and will be listed.</numerusform>
            <numerusform>%n items cannot be imported and will be listed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportMessages</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s)</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) in them</source>
        <translation>
            <numerusform>%n annotation in them</numerusform>
            <numerusform>%n annotations in them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s)</source>
        <translation>
            <numerusform>%n annotation</numerusform>
            <numerusform>%n annotations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) added.</source>
        <translation>
            <numerusform>%n article added.</numerusform>
            <numerusform>%n articles added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed article(s) restored.</source>
        <translation>
            <numerusform>%n removed article restored.</numerusform>
            <numerusform>%n removed articles restored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) already in the project.</source>
        <translation>
            <numerusform>%n article already in the project.</numerusform>
            <numerusform>%n articles already in the project.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) imported.</source>
        <translation>
            <numerusform>%n annotation imported.</numerusform>
            <numerusform>%n annotations imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) already in the project.</source>
        <translation>
            <numerusform>%n annotation already in the project.</numerusform>
            <numerusform>%n annotations already in the project.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) in the files were not imported.</source>
        <translation>
            <numerusform>%n annotation in the files was not imported.</numerusform>
            <numerusform>%n annotations in the files were not imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) imported.</source>
        <translation>
            <numerusform>%n note imported.</numerusform>
            <numerusform>%n notes imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) in the files were not imported.</source>
        <translation>
            <numerusform>%n note in the files was not imported.</numerusform>
            <numerusform>%n notes in the files were not imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of unsupported types were skipped.</source>
        <translation>
            <numerusform>%n file of an unsupported type was skipped.</numerusform>
            <numerusform>%n files of unsupported types were skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) could not be imported:</source>
        <translation>
            <numerusform>%n item could not be imported:</numerusform>
            <numerusform>%n items could not be imported:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KindTable</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabelAllDialog</name>
    <message numerus="yes">
        <source>Label %n place(s)</source>
        <translation>
            <numerusform>Label %n place</numerusform>
            <numerusform>Label %n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabelCheckPage</name>
    <message numerus="yes">
        <source>%n other place(s) agree with the correction.</source>
        <translation>
            <numerusform>%n other place agrees with the correction.</numerusform>
            <numerusform>%n other places agree with the correction.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabelUsageModel</name>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n article(s) done</source>
        <translation>
            <numerusform>%n article done</numerusform>
            <numerusform>%n articles done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s)</source>
        <translation>
            <numerusform>%n decision</numerusform>
            <numerusform>%n decisions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message numerus="yes">
        <source>%n of them cannot be merged and will be skipped.</source>
        <translation>
            <numerusform>%n of them cannot be merged and will be skipped.</numerusform>
            <numerusform>%n of them cannot be merged and will be skipped.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MergeMessages</name>
    <message numerus="yes">
        <source>%n article(s) added.</source>
        <translation>
            <numerusform>%n article added.</numerusform>
            <numerusform>%n articles added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) added.</source>
        <translation>
            <numerusform>%n decision added.</numerusform>
            <numerusform>%n decisions added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) have a label that is no longer in the project: {0}. They were kept. Change their label, or add the label again.</source>
        <translation>
            <numerusform>%n annotation has a label that is no longer in the project: {0}. It was kept. Change its label, or add the label again.</numerusform>
            <numerusform>%n annotations have a label that is no longer in the project: {0}. They were kept. Change their label, or add the label again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) were labelled by one annotator and rejected by another.</source>
        <translation>
            <numerusform>%n place was labelled by one annotator and rejected by another.</numerusform>
            <numerusform>%n places were labelled by one annotator and rejected by another.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) were confirmed and rejected by one annotator in different copies. The labels were kept. Remove those that are wrong.</source>
        <translation>
            <numerusform>%n place was confirmed and rejected by one annotator in different copies. The label was kept. Remove it if it is wrong.</numerusform>
            <numerusform>%n places were confirmed and rejected by one annotator in different copies. The labels were kept. Remove those that are wrong.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The clock on the computer of {0} is %n minute(s) fast, so decisions made there count as later than corrections made in other copies. Set that clock, and check the places concerned.</source>
        <translation>
            <numerusform>The clock on the computer of {0} is %n minute fast, so decisions made there count as later than corrections made in other copies. Set that clock, and check the places concerned.</numerusform>
            <numerusform>The clock on the computer of {0} is %n minutes fast, so decisions made there count as later than corrections made in other copies. Set that clock, and check the places concerned.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n settled article(s) have changed since. Settle what is left.</source>
        <translation>
            <numerusform>%n settled article has changed since. Settle what is left.</numerusform>
            <numerusform>%n settled articles have changed since. Settle what is left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s) were settled differently in separate copies. The later decision counts. Settle them again.</source>
        <translation>
            <numerusform>%n difference was settled differently in separate copies. The later decision counts. Settle it again.</numerusform>
            <numerusform>%n differences were settled differently in separate copies. The later decision counts. Settle them again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) have more than one label by one annotator. Remove the wrong ones:</source>
        <translation>
            <numerusform>%n place has more than one label by one annotator. Remove the wrong ones:</numerusform>
            <numerusform>%n places have more than one label by one annotator. Remove the wrong ones:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewProjectDialog</name>
    <message numerus="yes">
        <source>%n file(s) will be scanned next.</source>
        <translation>
            <numerusform>%n file will be scanned next.</numerusform>
            <numerusform>%n files will be scanned next.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlacesDialog</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message numerus="yes">
        <source>%n article(s)</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecentRow</name>
    <message numerus="yes">
        <source>%n article(s)</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RejectedDialog</name>
    <message numerus="yes">
        <source>%n rejected suggestion(s)</source>
        <translation>
            <numerusform>%n rejected suggestion</numerusform>
            <numerusform>%n rejected suggestions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemovedArticlesDialog</name>
    <message numerus="yes">
        <source>%n removed article(s)</source>
        <translation>
            <numerusform>%n removed article</numerusform>
            <numerusform>%n removed articles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message numerus="yes">
        <source>The model agreed with you on {0}% of the last %n decision(s)</source>
        <translation>
            <numerusform>The model agreed with you on {0}% of the last decision</numerusform>
            <numerusform>The model agreed with you on {0}% of the last %n decisions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n article(s)</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n span(s)</source>
        <translation>
            <numerusform>%n span</numerusform>
            <numerusform>%n spans</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestController</name>
    <message numerus="yes">
        <source>Suggestions are ready for %n article(s).</source>
        <translation>
            <numerusform>Suggestions are ready for %n article.</numerusform>
            <numerusform>Suggestions are ready for %n articles.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggesterList</name>
    <message numerus="yes">
        <source>{0}, %n decision(s)</source>
        <translation>
            <numerusform>{0}, %n decision</numerusform>
            <numerusform>{0}, %n decisions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncController</name>
    <message numerus="yes">
        <source>%n change(s) wait until their articles arrive.</source>
        <translation>
            <numerusform>%n change waits until its article arrives.</numerusform>
            <numerusform>%n changes wait until their articles arrive.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) received</source>
        <translation>
            <numerusform>%n article received</numerusform>
            <numerusform>%n articles received</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) received</source>
        <translation>
            <numerusform>%n decision received</numerusform>
            <numerusform>%n decisions received</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) sent</source>
        <translation>
            <numerusform>%n article sent</numerusform>
            <numerusform>%n articles sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) sent</source>
        <translation>
            <numerusform>%n decision sent</numerusform>
            <numerusform>%n decisions sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to send</source>
        <translation>
            <numerusform>%n to send</numerusform>
            <numerusform>%n to send</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThresholdSlider</name>
    <message numerus="yes">
        <source>%n hidden here</source>
        <translation>
            <numerusform>%n hidden here</numerusform>
            <numerusform>%n hidden here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Correct so far: {0}, %n decision(s)</source>
        <translation>
            <numerusform>Correct so far: {0}, %n decision</numerusform>
            <numerusform>Correct so far: {0}, %n decisions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) not suggested: rejected before</source>
        <translation>
            <numerusform>%n name not suggested: rejected before</numerusform>
            <numerusform>%n names not suggested: rejected before</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainingController</name>
    <message numerus="yes">
        <source>Trained on %n article(s)</source>
        <translation>
            <numerusform>Trained on %n article</numerusform>
            <numerusform>Trained on %n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Training on %n article(s)…</source>
        <translation>
            <numerusform>Training on %n article…</numerusform>
            <numerusform>Training on %n articles…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsageMessages</name>
    <message numerus="yes">
        <source>%n annotation(s)</source>
        <translation>
            <numerusform>%n annotation</numerusform>
            <numerusform>%n annotations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n article(s)</source>
        <translation>
            <numerusform>in %n article</numerusform>
            <numerusform>in %n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>by %n annotator(s)</source>
        <translation>
            <numerusform>by %n annotator</numerusform>
            <numerusform>by %n annotators</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s)</source>
        <translation>
            <numerusform>%n suggestion</numerusform>
            <numerusform>%n suggestions</numerusform>
        </translation>
    </message>
</context>
</TS>
