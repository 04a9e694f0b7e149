"""The manual beside the work: it opens at the place one is at, and stays open while one goes on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

import resources
from caseworker_app.domain.manual import Manual, ManualPage
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import quick_guide
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Query
from ui.widgets.banner import Banner
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.words import bind, tr

WIDEST_PICTURE = 760
"""Pictures are shown no wider than this, in px."""
ROW = 28
"""The height of a line in the list of pages, in px."""
_PAGE = Qt.ItemDataRole.UserRole


class ManualDialog(QDialog):
    """Every page of the manual in a list, the chosen one beside it. Not modal; :meth:`turn_to` goes to a place's page."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._manual: Manual = house.books.manual()
        self._picture = ""
        bind(self.setWindowTitle, "Manual")
        self.desk = PaperDesk(house, self)
        self.banner = Banner()
        self.desk.refused.connect(self.banner.warn)
        self._build()
        self._list("")
        self.find_line.textChanged.connect(self._list)
        self.pages.currentItemChanged.connect(lambda now, _before: self._show(now))
        self.guide_button.clicked.connect(self.preview_guide)
        for keys in (QKeySequence("F1"), QKeySequence("Ctrl+W")):
            QShortcut(keys, self).activated.connect(self.close)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.find_line.setFocus)
        resize(self, 1040, 680)

    def _build(self) -> None:
        self.find_line = QLineEdit()
        self.find_line.setClearButtonEnabled(True)
        bind(self.find_line.setPlaceholderText, "Find in the manual")
        bind(self.find_line.setAccessibleName, "Find in the manual")
        self.pages = QListWidget()
        bind(self.pages.setAccessibleName, "Pages of the manual")
        self.nothing = QLabel()
        self.nothing.setProperty("look", "muted")
        self.nothing.setWordWrap(True)
        bind(self.nothing.setText, "No page has these words.")
        self.guide_button = QPushButton()
        bind(self.guide_button.setText, "Quick guide on two pages …")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for widget in (self.find_line, self.nothing):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        column.addWidget(self.guide_button)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(16)
        bind(self.text.setAccessibleName, "The page")
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([260, 780])
        close = QPushButton()
        bind(close.setText, "Close")
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addWidget(self.banner)
        whole.addWidget(split, 1)
        whole.addLayout(row)

    # pages

    def turn_to(self, place: str) -> None:
        """Show the page of a place such as ``case:journal``."""
        self.find_line.clear()
        wanted = self._manual.page_at(place).id
        for row in range(self.pages.count()):
            if self.pages.item(row).data(_PAGE) == wanted:
                self.pages.setCurrentRow(row)
        self.text.setFocus()

    def _list(self, words: str) -> None:
        found = self._manual.search(words)
        now = self.pages.currentItem()
        kept = "" if now is None else now.data(_PAGE)
        self.pages.blockSignals(True)
        self.pages.clear()
        for page in found:
            item = QListWidgetItem(page.title)
            item.setData(_PAGE, page.id)
            item.setSizeHint(QSize(0, ROW))
            self.pages.addItem(item)
        self.pages.blockSignals(False)
        self.nothing.setVisible(not found)
        places = [page.id for page in found]
        if places:
            self.pages.setCurrentRow(places.index(kept) if kept in places else 0)
            self._show(self.pages.currentItem())

    def _show(self, item: QListWidgetItem | None) -> None:
        page = None if item is None else self._page(item.data(_PAGE))
        if page is None:
            return
        self._picture = page.picture
        self.text.setMarkdown(page.markdown)
        self._give_air()
        if page.picture:
            self._insert_picture(page)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _page(self, name: str) -> ManualPage | None:
        return next((page for page in self._manual.pages if page.id == name), None)

    def _give_air(self) -> None:
        """Room between the lines and over the headings, which markdown sets tight."""
        block = self.text.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            shape = QTextBlockFormat()
            shape.setLineHeight(135.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            heading = block.blockFormat().headingLevel() > 0
            if block.textList() is not None:
                shape.setTextIndent(6.0)  # the mark stands clear of the words
                shape.setLeftMargin(6.0)
            shape.setTopMargin(16.0 if heading else 2.0)
            shape.setBottomMargin(6.0 if heading else 4.0)
            cursor.mergeBlockFormat(shape)
            block = block.next()

    def _insert_picture(self, page: ManualPage) -> None:
        """Put the page's picture under its title, as wide as there is room for, made small without jagged letters."""
        width, dots = (
            min(WIDEST_PICTURE, max(240, self.text.viewport().width() - 48)),
            self.devicePixelRatioF(),
        )
        whole = QImage(str(resources.path("manual", "pictures", page.picture)))
        if whole.isNull():
            return
        small = whole.scaledToWidth(round(width * dots), Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(dots)
        document, name = self.text.document(), f"picture:{page.picture}"
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), small)
        cursor = QTextCursor(document.begin())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertBlock(QTextBlockFormat())
        image = QTextImageFormat()
        image.setName(name)
        image.setWidth(width)
        image.setHeight(width * whole.height() / max(1, whole.width()))
        image.setProperty(
            QTextImageFormat.Property.ImageAltText.value, tr("A picture of: {page}", page=page.title)
        )
        cursor.insertImage(image)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show(self.pages.currentItem())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._picture:
            self._show(self.pages.currentItem())

    # the guide

    def preview_guide(self) -> None:
        """Show the quick guide as it is printed."""
        guide = self._manual.guide

        def show(job: PaperJob) -> None:
            self.desk.preview(job, tr("Quick guide"), "")

        self._house.tasks.query(self, Query(lambda reader: quick_guide.job(reader, guide), show))
