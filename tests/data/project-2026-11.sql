BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'annotator','0001_documents_and_people','2026-11-24 23:12:20.218796+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'annotator','0002_log_and_state','2026-11-24 23:12:20.259181+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'annotator','0003_suggestions','2026-11-24 23:12:20.259859+00:00');
CREATE TABLE "annotations" (
   "document" TEXT NOT NULL REFERENCES "documents"("id"),
   "annotator" TEXT NOT NULL REFERENCES "annotators"("id"),
   "key" TEXT NOT NULL,
   "start" INTEGER,
   "end" INTEGER,
   "label" TEXT,
   "origin" TEXT,
   PRIMARY KEY ("document", "annotator", "key")
) STRICT;
INSERT INTO "annotations" VALUES('1d0c5ea217989e9b6728a82e6e7202a2','id-of-Ali','2e4277772b5649858e2a351be3fcb679',0,5,'LOC','corrected:lexicon');
INSERT INTO "annotations" VALUES('1d0c5ea217989e9b6728a82e6e7202a2','id-of-Ali','bef825d96c344f4b8184a837598d0f1f',16,20,'LOC','corrected:memory');
INSERT INTO "annotations" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','eee65e207c4143ff841222b88ec592dc',0,4,'LOC','confirmed:memory');
INSERT INTO "annotations" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','c375784a954049b2be29c81c20cbc42f',5,10,'LOC','confirmed:memory');
INSERT INTO "annotations" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','5930337c1184474db1c0018497cf52e9',23,28,'LOC','confirmed:memory');
INSERT INTO "annotations" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','52bf8069bc8e419989bb411c9b903022',30,33,'ORG','confirmed:lexicon');
INSERT INTO "annotations" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','82627872ace64847987103cff366c32f',35,40,'ORG','confirmed:memory');
INSERT INTO "annotations" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','d3c62efb085d4b0589abce78f338efce',44,49,'LOC','confirmed:memory');
INSERT INTO "annotations" VALUES('5ebc4743547df906c7d2c9409894fb35','id-of-Ali','3d4281cd410f46a5a54a4c938c236a06',4,7,'PERS','confirmed:lexicon');
INSERT INTO "annotations" VALUES('5ebc4743547df906c7d2c9409894fb35','id-of-Ali','b33090dde0994283a9f7cd8b4b77cb72',8,11,'LOC','confirmed:lexicon');
INSERT INTO "annotations" VALUES('5ebc4743547df906c7d2c9409894fb35','id-of-Ali','a20da6af9e6f4f71b81010ee5e5d6a09',15,22,'LOC','confirmed:memory');
CREATE TABLE "annotators" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "name" TEXT NOT NULL,
   "stamp" TEXT NOT NULL
) STRICT;
INSERT INTO "annotators" VALUES('id-of-Ali','Ali','01a20fd4-e5ba-7000-8ad2-fa3482c58756');
CREATE TABLE "documents" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "stamp" TEXT NOT NULL,
   "length" INTEGER NOT NULL,
   "title" TEXT NOT NULL,
   "date" TEXT,
   "source" TEXT NOT NULL,
   "url" TEXT NOT NULL,
   "author" TEXT NOT NULL,
   "external_id" TEXT NOT NULL,
   "newlines" TEXT NOT NULL,
   "regions" TEXT NOT NULL,
   "metadata" TEXT NOT NULL,
   "text" TEXT NOT NULL
) STRICT;
INSERT INTO "documents" VALUES('1d0c5ea217989e9b6728a82e6e7202a2','01a20fd4-e55e-7000-9371-d8bab17b923d',47,'عنوان',NULL,'وكالة','','','','','[[0,3,"title",""]]','{}','بغداد
وصل أحمد العلي إلى بغداد ومنها إلى ديالى.');
INSERT INTO "documents" VALUES('7067699c99acad9685c5077fe9113a2f','01a20fd4-e57d-7000-969f-1d8586133371',49,'عنوان',NULL,'وكالة','','','','','[[0,3,"title",""]]','{}','قالت وكالة الأنباء إن القوات دخلت الموصل 😀 صباحا.');
INSERT INTO "documents" VALUES('5ebc4743547df906c7d2c9409894fb35','01a20fd4-e591-7000-9249-3141d466447c',22,'عنوان',NULL,'وكالة','','','','','[[0,3,"title",""]]','{}','لم يحدث شيء في البصرة.');
CREATE TABLE "edits" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "annotator" TEXT NOT NULL REFERENCES "annotators"("id"),
   "document" TEXT NOT NULL REFERENCES "documents"("id"),
   "kind" TEXT NOT NULL,
   "reverts" TEXT,
   "time" INTEGER NOT NULL,
   "payload" TEXT NOT NULL
) STRICT;
INSERT INTO "edits" VALUES('01a20fd4-e5c6-7000-91e0-d4523ac261dc','id-of-Ali','1d0c5ea217989e9b6728a82e6e7202a2','confirm',NULL,1795561940422,'[{"after":{"score":0.13152174286815543,"suggester":"lexicon","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"1d0c5ea217989e9b6728a82e6e7202a2","key":"0:5:ORG"},{"after":{"end":5,"label":"ORG","origin":"confirmed:lexicon","start":0},"before":null,"cell":"annotation","document":"1d0c5ea217989e9b6728a82e6e7202a2","key":"2e4277772b5649858e2a351be3fcb679"}]');
INSERT INTO "edits" VALUES('01a20fd4-e5c9-7000-be6c-12d7d2af7c00','id-of-Ali','1d0c5ea217989e9b6728a82e6e7202a2','reject',NULL,1795561940425,'[{"after":{"score":0.017823546464652673,"suggester":"lexicon","verdict":"rejected","version":"1"},"before":null,"cell":"verdict","document":"1d0c5ea217989e9b6728a82e6e7202a2","key":"10:14:ORG"}]');
INSERT INTO "edits" VALUES('01a20fd4-e5cd-7000-a003-25420ea7f60d','id-of-Ali','1d0c5ea217989e9b6728a82e6e7202a2','relabel',NULL,1795561940429,'[{"after":{"score":0.13152174286815543,"suggester":"lexicon","verdict":"corrected","version":"1"},"before":{"score":0.13152174286815543,"suggester":"lexicon","verdict":"accepted","version":"1"},"cell":"verdict","document":"1d0c5ea217989e9b6728a82e6e7202a2","key":"0:5:ORG"},{"after":{"end":5,"label":"LOC","origin":"corrected:lexicon","start":0},"before":{"end":5,"label":"ORG","origin":"confirmed:lexicon","start":0},"cell":"annotation","document":"1d0c5ea217989e9b6728a82e6e7202a2","key":"2e4277772b5649858e2a351be3fcb679"}]');
INSERT INTO "edits" VALUES('01a20fd4-e5d1-7000-9763-e4dd21214815','id-of-Ali','1d0c5ea217989e9b6728a82e6e7202a2','relabel',NULL,1795561940433,'[{"after":{"end":20,"label":"LOC","origin":"corrected:memory","start":16},"before":null,"cell":"annotation","document":"1d0c5ea217989e9b6728a82e6e7202a2","key":"bef825d96c344f4b8184a837598d0f1f"},{"after":{"score":0.1404718770908805,"suggester":"memory","verdict":"corrected","version":"1"},"before":null,"cell":"verdict","document":"1d0c5ea217989e9b6728a82e6e7202a2","key":"16:20:PERS"}]');
INSERT INTO "edits" VALUES('01a20fd4-e5d5-7000-bbf5-44ed132d33b7','id-of-Ali','1d0c5ea217989e9b6728a82e6e7202a2','note',NULL,1795561940437,'[{"after":{"text":"1"},"before":null,"cell":"note","document":"1d0c5ea217989e9b6728a82e6e7202a2","key":""}]');
INSERT INTO "edits" VALUES('01a20fd4-e5da-7000-a1e0-8acb389c123d','id-of-Ali','7067699c99acad9685c5077fe9113a2f','confirm-all',NULL,1795561940442,'[{"after":{"score":0.6704770196613734,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"0:4:LOC"},{"after":{"end":4,"label":"LOC","origin":"confirmed:memory","start":0},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"eee65e207c4143ff841222b88ec592dc"},{"after":{"score":0.9577375849880846,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"5:10:LOC"},{"after":{"end":10,"label":"LOC","origin":"confirmed:memory","start":5},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"c375784a954049b2be29c81c20cbc42f"},{"after":{"score":0.1722657202358222,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"23:28:LOC"},{"after":{"end":28,"label":"LOC","origin":"confirmed:memory","start":23},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"5930337c1184474db1c0018497cf52e9"},{"after":{"score":0.17156204000301334,"suggester":"lexicon","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"30:33:ORG"},{"after":{"end":33,"label":"ORG","origin":"confirmed:lexicon","start":30},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"52bf8069bc8e419989bb411c9b903022"},{"after":{"score":0.45534371154132636,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"35:40:ORG"},{"after":{"end":40,"label":"ORG","origin":"confirmed:memory","start":35},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"82627872ace64847987103cff366c32f"},{"after":{"score":0.4971502125033185,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"44:49:LOC"},{"after":{"end":49,"label":"LOC","origin":"confirmed:memory","start":44},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"d3c62efb085d4b0589abce78f338efce"}]');
INSERT INTO "edits" VALUES('01a20fd4-e5e1-7000-a6ee-051a97a428bf','id-of-Ali','7067699c99acad9685c5077fe9113a2f','undo','01a20fd4-e5da-7000-a1e0-8acb389c123d',1795561940450,'[{"after":null,"before":{"end":49,"label":"LOC","origin":"confirmed:memory","start":44},"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"d3c62efb085d4b0589abce78f338efce"},{"after":null,"before":{"score":0.4971502125033185,"suggester":"memory","verdict":"accepted","version":"1"},"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"44:49:LOC"},{"after":null,"before":{"end":40,"label":"ORG","origin":"confirmed:memory","start":35},"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"82627872ace64847987103cff366c32f"},{"after":null,"before":{"score":0.45534371154132636,"suggester":"memory","verdict":"accepted","version":"1"},"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"35:40:ORG"},{"after":null,"before":{"end":33,"label":"ORG","origin":"confirmed:lexicon","start":30},"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"52bf8069bc8e419989bb411c9b903022"},{"after":null,"before":{"score":0.17156204000301334,"suggester":"lexicon","verdict":"accepted","version":"1"},"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"30:33:ORG"},{"after":null,"before":{"end":28,"label":"LOC","origin":"confirmed:memory","start":23},"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"5930337c1184474db1c0018497cf52e9"},{"after":null,"before":{"score":0.1722657202358222,"suggester":"memory","verdict":"accepted","version":"1"},"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"23:28:LOC"},{"after":null,"before":{"end":10,"label":"LOC","origin":"confirmed:memory","start":5},"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"c375784a954049b2be29c81c20cbc42f"},{"after":null,"before":{"score":0.9577375849880846,"suggester":"memory","verdict":"accepted","version":"1"},"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"5:10:LOC"},{"after":null,"before":{"end":4,"label":"LOC","origin":"confirmed:memory","start":0},"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"eee65e207c4143ff841222b88ec592dc"},{"after":null,"before":{"score":0.6704770196613734,"suggester":"memory","verdict":"accepted","version":"1"},"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"0:4:LOC"}]');
INSERT INTO "edits" VALUES('01a20fd4-e5e5-7000-9a14-9adb272d652c','id-of-Ali','7067699c99acad9685c5077fe9113a2f','redo','01a20fd4-e5da-7000-a1e0-8acb389c123d',1795561940453,'[{"after":{"score":0.6704770196613734,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"0:4:LOC"},{"after":{"end":4,"label":"LOC","origin":"confirmed:memory","start":0},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"eee65e207c4143ff841222b88ec592dc"},{"after":{"score":0.9577375849880846,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"5:10:LOC"},{"after":{"end":10,"label":"LOC","origin":"confirmed:memory","start":5},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"c375784a954049b2be29c81c20cbc42f"},{"after":{"score":0.1722657202358222,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"23:28:LOC"},{"after":{"end":28,"label":"LOC","origin":"confirmed:memory","start":23},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"5930337c1184474db1c0018497cf52e9"},{"after":{"score":0.17156204000301334,"suggester":"lexicon","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"30:33:ORG"},{"after":{"end":33,"label":"ORG","origin":"confirmed:lexicon","start":30},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"52bf8069bc8e419989bb411c9b903022"},{"after":{"score":0.45534371154132636,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"35:40:ORG"},{"after":{"end":40,"label":"ORG","origin":"confirmed:memory","start":35},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"82627872ace64847987103cff366c32f"},{"after":{"score":0.4971502125033185,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"7067699c99acad9685c5077fe9113a2f","key":"44:49:LOC"},{"after":{"end":49,"label":"LOC","origin":"confirmed:memory","start":44},"before":null,"cell":"annotation","document":"7067699c99acad9685c5077fe9113a2f","key":"d3c62efb085d4b0589abce78f338efce"}]');
INSERT INTO "edits" VALUES('01a20fd4-e5f6-7000-997f-be90ceaeab2f','id-of-Ali','5ebc4743547df906c7d2c9409894fb35','confirm-all',NULL,1795561940470,'[{"after":{"score":0.9366672659799867,"suggester":"lexicon","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"5ebc4743547df906c7d2c9409894fb35","key":"4:7:PERS"},{"after":{"end":7,"label":"PERS","origin":"confirmed:lexicon","start":4},"before":null,"cell":"annotation","document":"5ebc4743547df906c7d2c9409894fb35","key":"3d4281cd410f46a5a54a4c938c236a06"},{"after":{"score":0.11426756190552034,"suggester":"lexicon","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"5ebc4743547df906c7d2c9409894fb35","key":"8:11:LOC"},{"after":{"end":11,"label":"LOC","origin":"confirmed:lexicon","start":8},"before":null,"cell":"annotation","document":"5ebc4743547df906c7d2c9409894fb35","key":"b33090dde0994283a9f7cd8b4b77cb72"},{"after":{"score":0.7064601794882768,"suggester":"memory","verdict":"accepted","version":"1"},"before":null,"cell":"verdict","document":"5ebc4743547df906c7d2c9409894fb35","key":"15:22:LOC"},{"after":{"end":22,"label":"LOC","origin":"confirmed:memory","start":15},"before":null,"cell":"annotation","document":"5ebc4743547df906c7d2c9409894fb35","key":"a20da6af9e6f4f71b81010ee5e5d6a09"}]');
INSERT INTO "edits" VALUES('01a20fd4-e5f9-7000-9c09-8fbef77796a3','id-of-Ali','5ebc4743547df906c7d2c9409894fb35','status',NULL,1795561940473,'[{"after":{"status":"done"},"before":null,"cell":"status","document":"5ebc4743547df906c7d2c9409894fb35","key":""}]');
CREATE TABLE "meta" (
   "name" TEXT PRIMARY KEY,
   "value" TEXT NOT NULL
) STRICT;
INSERT INTO "meta" VALUES('id','bff17b0b434a4b9e8bd77f19441d8033');
INSERT INTO "meta" VALUES('tagset','{
  "description": {},
  "labels": [
    {
      "camel": [],
      "colour": {
        "dark": "#abcdef",
        "light": "#123456"
      },
      "counter_examples": [],
      "examples": [],
      "guideline": {},
      "id": "PERS",
      "key": "1",
      "names": {
        "en": "Pers"
      }
    },
    {
      "camel": [],
      "colour": {
        "dark": "#abcdef",
        "light": "#123456"
      },
      "counter_examples": [],
      "examples": [],
      "guideline": {},
      "id": "LOC",
      "key": "2",
      "names": {
        "en": "Loc"
      }
    },
    {
      "camel": [],
      "colour": {
        "dark": "#abcdef",
        "light": "#123456"
      },
      "counter_examples": [],
      "examples": [],
      "guideline": {},
      "id": "ORG",
      "key": "3",
      "names": {
        "en": "Org"
      }
    }
  ],
  "name": "small",
  "names": {},
  "nested": false
}
');
CREATE TABLE "notes" (
   "document" TEXT NOT NULL REFERENCES "documents"("id"),
   "annotator" TEXT NOT NULL REFERENCES "annotators"("id"),
   "key" TEXT NOT NULL,
   "text" TEXT,
   "doubtful" INTEGER,
   PRIMARY KEY ("document", "annotator", "key")
) STRICT;
INSERT INTO "notes" VALUES('1d0c5ea217989e9b6728a82e6e7202a2','id-of-Ali','','1',NULL);
CREATE TABLE "runs" (
   "id" INTEGER PRIMARY KEY NOT NULL,
   "document" TEXT NOT NULL REFERENCES "documents"("id"),
   "suggester" TEXT NOT NULL,
   "version" TEXT NOT NULL,
   "stamp" TEXT NOT NULL,
   "size" INTEGER NOT NULL
) STRICT;
INSERT INTO "runs" VALUES(1,'1d0c5ea217989e9b6728a82e6e7202a2','lexicon','1','01a20fd4-e571-7000-bc27-ee343a77db4c',6);
INSERT INTO "runs" VALUES(2,'1d0c5ea217989e9b6728a82e6e7202a2','memory','1','01a20fd4-e575-7000-861b-db7d6b2a2cdb',6);
INSERT INTO "runs" VALUES(3,'7067699c99acad9685c5077fe9113a2f','lexicon','1','01a20fd4-e585-7000-a5a4-330c31059c2a',1);
INSERT INTO "runs" VALUES(4,'7067699c99acad9685c5077fe9113a2f','memory','1','01a20fd4-e58d-7000-bf11-b377798b2baa',5);
INSERT INTO "runs" VALUES(5,'5ebc4743547df906c7d2c9409894fb35','lexicon','1','01a20fd4-e595-7000-b9c6-28f8e8b642a3',2);
INSERT INTO "runs" VALUES(6,'5ebc4743547df906c7d2c9409894fb35','memory','1','01a20fd4-e59d-7000-95c4-3a16c42e435d',2);
CREATE TABLE "statuses" (
   "document" TEXT NOT NULL REFERENCES "documents"("id"),
   "annotator" TEXT NOT NULL REFERENCES "annotators"("id"),
   "key" TEXT NOT NULL,
   "status" TEXT,
   PRIMARY KEY ("document", "annotator", "key")
) STRICT;
INSERT INTO "statuses" VALUES('5ebc4743547df906c7d2c9409894fb35','id-of-Ali','','done');
CREATE TABLE "suggestions" (
   "run" INTEGER NOT NULL REFERENCES "runs"("id"),
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "label" TEXT NOT NULL,
   "score" REAL NOT NULL
) STRICT;
INSERT INTO "suggestions" VALUES(1,0,5,'ORG',1.31521742868155433e-01);
INSERT INTO "suggestions" VALUES(1,10,14,'ORG',1.78235464646526731e-02);
INSERT INTO "suggestions" VALUES(1,25,30,'ORG',0.0695154726439946);
INSERT INTO "suggestions" VALUES(1,32,36,'PERS',3.42812823788089304e-01);
INSERT INTO "suggestions" VALUES(1,38,40,'LOC',5.36560806966017156e-01);
INSERT INTO "suggestions" VALUES(1,41,47,'PERS',2.26957536066831111e-01);
INSERT INTO "suggestions" VALUES(2,16,20,'PERS',1.40471877090880492e-01);
INSERT INTO "suggestions" VALUES(2,22,24,'PERS',4.78564869955261929e-01);
INSERT INTO "suggestions" VALUES(2,25,30,'PERS',0.249581514874182);
INSERT INTO "suggestions" VALUES(2,31,36,'PERS',5.3032155343983911e-01);
INSERT INTO "suggestions" VALUES(2,38,40,'PERS',5.95984629297502066e-01);
INSERT INTO "suggestions" VALUES(2,41,47,'ORG',0.994461509569742);
INSERT INTO "suggestions" VALUES(3,30,33,'ORG',1.71562040003013338e-01);
INSERT INTO "suggestions" VALUES(4,0,4,'LOC',6.70477019661373407e-01);
INSERT INTO "suggestions" VALUES(4,5,10,'LOC',9.57737584988084589e-01);
INSERT INTO "suggestions" VALUES(4,23,28,'LOC',1.72265720235822206e-01);
INSERT INTO "suggestions" VALUES(4,35,40,'ORG',4.55343711541326357e-01);
INSERT INTO "suggestions" VALUES(4,44,49,'LOC',4.97150212503318478e-01);
INSERT INTO "suggestions" VALUES(5,4,7,'PERS',9.36667265979986729e-01);
INSERT INTO "suggestions" VALUES(5,8,11,'LOC',1.14267561905520342e-01);
INSERT INTO "suggestions" VALUES(6,3,7,'ORG',8.48692001659197337e-01);
INSERT INTO "suggestions" VALUES(6,15,22,'LOC',7.06460179488276773e-01);
CREATE TABLE "verdicts" (
   "document" TEXT NOT NULL REFERENCES "documents"("id"),
   "annotator" TEXT NOT NULL REFERENCES "annotators"("id"),
   "key" TEXT NOT NULL,
   "verdict" TEXT,
   "suggester" TEXT,
   "version" TEXT,
   "score" REAL,
   PRIMARY KEY ("document", "annotator", "key")
) STRICT;
INSERT INTO "verdicts" VALUES('1d0c5ea217989e9b6728a82e6e7202a2','id-of-Ali','10:14:ORG','rejected','lexicon','1',1.78235464646526731e-02);
INSERT INTO "verdicts" VALUES('1d0c5ea217989e9b6728a82e6e7202a2','id-of-Ali','0:5:ORG','corrected','lexicon','1',1.31521742868155433e-01);
INSERT INTO "verdicts" VALUES('1d0c5ea217989e9b6728a82e6e7202a2','id-of-Ali','16:20:PERS','corrected','memory','1',1.40471877090880492e-01);
INSERT INTO "verdicts" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','0:4:LOC','accepted','memory','1',6.70477019661373407e-01);
INSERT INTO "verdicts" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','5:10:LOC','accepted','memory','1',9.57737584988084589e-01);
INSERT INTO "verdicts" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','23:28:LOC','accepted','memory','1',1.72265720235822206e-01);
INSERT INTO "verdicts" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','30:33:ORG','accepted','lexicon','1',1.71562040003013338e-01);
INSERT INTO "verdicts" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','35:40:ORG','accepted','memory','1',4.55343711541326357e-01);
INSERT INTO "verdicts" VALUES('7067699c99acad9685c5077fe9113a2f','id-of-Ali','44:49:LOC','accepted','memory','1',4.97150212503318478e-01);
INSERT INTO "verdicts" VALUES('5ebc4743547df906c7d2c9409894fb35','id-of-Ali','4:7:PERS','accepted','lexicon','1',9.36667265979986729e-01);
INSERT INTO "verdicts" VALUES('5ebc4743547df906c7d2c9409894fb35','id-of-Ali','8:11:LOC','accepted','lexicon','1',1.14267561905520342e-01);
INSERT INTO "verdicts" VALUES('5ebc4743547df906c7d2c9409894fb35','id-of-Ali','15:22:LOC','accepted','memory','1',7.06460179488276773e-01);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_documents_stamp_id"
    ON "documents" ("stamp", "id");
CREATE INDEX "idx_edits_annotator_id"
    ON "edits" ("annotator", "id");
CREATE INDEX "idx_edits_reverts_id"
    ON "edits" ("reverts", "id");
CREATE TRIGGER edits_no_update before update on edits begin select raise(abort, 'the log of edits is append-only'); end;
CREATE TRIGGER edits_no_delete before delete on edits begin select raise(abort, 'the log of edits is append-only'); end;
CREATE UNIQUE INDEX "idx_runs_document_suggester"
    ON "runs" ("document", "suggester");
CREATE INDEX "idx_suggestions_run"
    ON "suggestions" ("run");
COMMIT;
