# Сертификаттың ашық беті.
certificate-title = { $number } сертификаты
certificate-state-valid = Жарамды
certificate-state-replaced = Ауыстырылды
certificate-state-withdrawn = Қайтарып алынды
certificate-valid-heading = Бұл сертификат жарамды
certificate-valid-lead = Оны біз бердік, қайырмалдық төленген, ақша қайтарылмаған.
certificate-replaced-heading = Оның орнына басқа сертификат берілді
certificate-replaced-lead = Қайырмалдықтың бір бөлігі қайтарылды. Жаңа сертификат қалғанын көрсетеді.
certificate-see-next = Сертификатты көру:
certificate-withdrawn-heading = Бұл сертификат қайтарып алынды
certificate-withdrawn-lead = Қайырмалдық толығымен қайтарылды, сондықтан сертификат енді ештеңені растамайды.
certificate-test = СЫНАҚ: бұл тексеру ғана, ақша түскен жоқ.
certificate-signature-matches = ✓ Қолтаңба дұрыс: біз дәл осында көрініп тұрғанға қол қойғанбыз.
certificate-signature-differs = ✗ Қолтаңба бізде жазылғанға сәйкес келмейді. Қағазға емес, осы бетке сеніңіз.
certificate-signature-forgotten = Қайырымды жан есімін өшіруді сұраған, сондықтан қағаздағы қолтаңбаны енді салыстыру мүмкін емес.
certificate-says = Сертификатта не жазылған
certificate-fact-name = Есімі
certificate-fact-date = Күні
certificate-part-of-a-tree = жаңа ағашқа қосқан үлес
certificate-date = { $year } жылғы { $day } { $month-count ->
    [1] қаңтар
    [2] ақпан
    [3] наурыз
    [4] сәуір
    [5] мамыр
    [6] маусым
    [7] шілде
    [8] тамыз
    [9] қыркүйек
    [10] қазан
    [11] қараша
   *[12] желтоқсан
}
certificate-how = Осыны қолыңыздағы қағазбен салыстырыңыз. Бет сертификаттың дәл қазіргі жағдайын көрсетеді.
message-unknown-certificate-heading = Мұндай сертификат жоқ
message-unknown-certificate-text = Біз мұндай нөмірмен сертификат берген жоқпыз. Нөмірді қағазбен әріптеп салыстырыңыз.
message-certificate-gone-heading = Бұл сертификаттың суреті жоқ
message-certificate-gone-text = Ол енді жарамсыз. Себебі оның бетінде жазылған.
