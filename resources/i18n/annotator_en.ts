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
        <source>In the corpus, most frequent first: %n annotation(s)</source>
        <translation>
            <numerusform>In the corpus: %n annotation</numerusform>
            <numerusform>In the corpus, most frequent first: %n annotations</numerusform>
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
        <source>%n label(s) in them</source>
        <translation>
            <numerusform>%n label in them</numerusform>
            <numerusform>%n labels in them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n label(s)</source>
        <translation>
            <numerusform>%n label</numerusform>
            <numerusform>%n labels</numerusform>
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
        <source>%n removed article(s) brought back.</source>
        <translation>
            <numerusform>%n removed article brought back.</numerusform>
            <numerusform>%n removed articles brought back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) were here already.</source>
        <translation>
            <numerusform>%n text was here already.</numerusform>
            <numerusform>%n texts were here already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n label(s) taken over.</source>
        <translation>
            <numerusform>%n label taken over.</numerusform>
            <numerusform>%n labels taken over.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n label(s) were here already.</source>
        <translation>
            <numerusform>%n label was here already.</numerusform>
            <numerusform>%n labels were here already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n label(s) in the files were left out.</source>
        <translation>
            <numerusform>%n label in the files was left out.</numerusform>
            <numerusform>%n labels in the files were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) taken over.</source>
        <translation>
            <numerusform>%n note taken over.</numerusform>
            <numerusform>%n notes taken over.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) in the files were left out.</source>
        <translation>
            <numerusform>%n note in the files was left out.</numerusform>
            <numerusform>%n notes in the files were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of other kinds were skipped.</source>
        <translation>
            <numerusform>%n file of another kind was skipped.</numerusform>
            <numerusform>%n files of other kinds were skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be taken:</source>
        <translation>
            <numerusform>%n could not be taken:</numerusform>
            <numerusform>%n could not be taken:</numerusform>
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
        <source>%n article(s) came in.</source>
        <translation>
            <numerusform>%n article came in.</numerusform>
            <numerusform>%n articles came in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) came in.</source>
        <translation>
            <numerusform>%n decision came in.</numerusform>
            <numerusform>%n decisions came in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n annotation(s) have a label that the project does not have any more: {0}. They stay; give them another label, or add the label again.</source>
        <translation>
            <numerusform>%n annotation has a label that the project does not have any more: {0}. It stays; give it another label, or add the label again.</numerusform>
            <numerusform>%n annotations have a label that the project does not have any more: {0}. They stay; give them another label, or add the label again.</numerusform>
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
        <source>%n place(s) were confirmed and rejected by one annotator, on different copies. The labels stay; remove those that are wrong.</source>
        <translation>
            <numerusform>%n place was confirmed and rejected by one annotator, on different copies. The label stays; remove it if it is wrong.</numerusform>
            <numerusform>%n places were confirmed and rejected by one annotator, on different copies. The labels stay; remove those that are wrong.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The clock of the computer of {0} is ahead by %n minute(s), so decisions made there count as later than corrections that were made on other copies meanwhile. Set that clock right, and look at the places in question.</source>
        <translation>
            <numerusform>The clock of the computer of {0} is ahead by %n minute, so decisions made there count as later than corrections that were made on other copies meanwhile. Set that clock right, and look at the places in question.</numerusform>
            <numerusform>The clock of the computer of {0} is ahead by %n minutes, so decisions made there count as later than corrections that were made on other copies meanwhile. Set that clock right, and look at the places in question.</numerusform>
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
        <source>%n file(s) will be looked into next.</source>
        <translation>
            <numerusform>%n file will be looked into next.</numerusform>
            <numerusform>%n files will be looked into next.</numerusform>
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
    <name>ThresholdSlider</name>
    <message numerus="yes">
        <source>%n hidden here</source>
        <translation>
            <numerusform>%n hidden here</numerusform>
            <numerusform>%n hidden here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainingController</name>
    <message numerus="yes">
        <source>Learnt from %n article(s)</source>
        <translation>
            <numerusform>Learnt from %n article</numerusform>
            <numerusform>Learnt from %n articles</numerusform>
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
