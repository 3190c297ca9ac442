//! Records of uploaded files (contract 002-T `uploaded_files`); the bytes are elsewhere.

use domain::file::{File, NewFile, Processing};
use domain::page::Page;
use serde_json::Value;
use uuid::Uuid;

use crate::StoreError;
use crate::link::Link;
use crate::operations::operations;
use crate::row::Row;
use crate::statement::{Statement, json};

operations! {
    /// Keeps the record of a file, not worked on yet.
    write fn add_file(new: NewFile) -> File;
    /// The record of a file.
    read fn file(id: Uuid, owner: Option<&str>) -> File;
    /// The records of files, newest first; equal ones by id.
    read fn files(owner: Option<&str>, page: Page) -> Vec<File>;
    /// The newest file with this SHA-256 (in hex), if there is one.
    read fn file_with_hash(sha256: &str, owner: Option<&str>) -> Option<File>;
    /// Keeps how far the work on a file has come, and what came of it.
    write fn set_file_processing(
        id: Uuid, processing: Processing, result: Option<Value>,
    ) -> File;
    /// Keeps how far the work on a file has come; what came of earlier work stays.
    write fn mark_file(id: Uuid, processing: Processing) -> File;
    /// Those of these stored names that belong to a file.
    read fn known_file_names(names: &[String]) -> Vec<String>;
    /// Deletes the record of a file; the row stays, the bytes are the caller's.
    write fn delete_file(id: Uuid, owner: Option<&str>) -> File;
}

const COLUMNS: &str = "id, user_id, filename, original_filename, file_size, content_type, \
     file_path, sha256, description, processing_status, processing_result, metadata, created_at, \
     updated_at";

impl Link {
    async fn add_file(&mut self, new: NewFile) -> Result<File, StoreError> {
        let now = self.now();
        let insert = Statement::new(format!(
            "INSERT INTO uploaded_files ({COLUMNS}) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, $11, $12, $12) \
             RETURNING {COLUMNS}"
        ))
        .bind(new.id)
        .bind(new.user_id)
        .bind(new.filename)
        .bind(new.original_filename)
        .bind(new.file_size)
        .bind(new.content_type)
        .bind(new.file_path)
        .bind(new.sha256)
        .bind(new.description)
        .bind(Processing::Pending.as_str())
        .bind(json(&new.metadata)?)
        .bind(now);
        read(&self.one(insert).await?)
    }

    async fn file(&mut self, id: Uuid, owner: Option<&str>) -> Result<File, StoreError> {
        let select = select()
            .and_equal("id", Some(id))
            .and_equal("user_id", owner);
        read(&self.one(select).await?)
    }

    async fn files(&mut self, owner: Option<&str>, page: Page) -> Result<Vec<File>, StoreError> {
        let select = select().and_equal("user_id", owner).push(NEWEST_FIRST);
        self.list(select.page(page), read).await
    }

    async fn file_with_hash(
        &mut self,
        sha256: &str,
        owner: Option<&str>,
    ) -> Result<Option<File>, StoreError> {
        let select = select()
            .and_equal("sha256", Some(sha256))
            .and_equal("user_id", owner)
            .push(NEWEST_FIRST)
            .page(Page {
                limit: 1,
                offset: 0,
            });
        self.optional(select).await?.as_ref().map(read).transpose()
    }

    async fn set_file_processing(
        &mut self,
        id: Uuid,
        processing: Processing,
        result: Option<Value>,
    ) -> Result<File, StoreError> {
        let now = self.now();
        let update = Statement::new(format!(
            "UPDATE uploaded_files SET processing_status = $2, processing_result = $3, \
             updated_at = $4 WHERE id = $1 AND deleted_at IS NULL RETURNING {COLUMNS}"
        ))
        .bind(id)
        .bind(processing.as_str())
        .bind(result.map(|result| result.to_string()))
        .bind(now);
        read(&self.one(update).await?)
    }

    async fn mark_file(&mut self, id: Uuid, processing: Processing) -> Result<File, StoreError> {
        let now = self.now();
        let update = Statement::new(format!(
            "UPDATE uploaded_files SET processing_status = $2, updated_at = $3 \
             WHERE id = $1 AND deleted_at IS NULL RETURNING {COLUMNS}"
        ));
        let update = update.bind(id).bind(processing.as_str()).bind(now);
        read(&self.one(update).await?)
    }

    async fn known_file_names(&mut self, names: &[String]) -> Result<Vec<String>, StoreError> {
        let select = Statement::new(format!(
            "SELECT filename FROM uploaded_files WHERE deleted_at IS NULL AND filename IN {}",
            self.dialect().texts(1),
        ));
        let select = select.bind(json(names)?);
        self.list(select, |row| row.get("filename")).await
    }

    async fn delete_file(&mut self, id: Uuid, owner: Option<&str>) -> Result<File, StoreError> {
        let now = self.now();
        let delete = Statement::new(
            "UPDATE uploaded_files SET deleted_at = $1, updated_at = $1 \
             WHERE deleted_at IS NULL AND id = $2",
        )
        .bind(now)
        .bind(id)
        .and_equal("user_id", owner)
        .push(&format!(" RETURNING {COLUMNS}"));
        read(&self.one(delete).await?)
    }
}

const NEWEST_FIRST: &str = " ORDER BY created_at DESC, id DESC";

fn select() -> Statement {
    Statement::new(format!(
        "SELECT {COLUMNS} FROM uploaded_files WHERE deleted_at IS NULL"
    ))
}

fn read(row: &Row) -> Result<File, StoreError> {
    Ok(File {
        id: row.uuid("id")?,
        user_id: row.get("user_id")?,
        filename: row.get("filename")?,
        original_filename: row.get("original_filename")?,
        file_size: row.get("file_size")?,
        content_type: row.get("content_type")?,
        file_path: row.get("file_path")?,
        sha256: row.get("sha256")?,
        description: row.get("description")?,
        processing_status: row.parsed("processing_status")?,
        processing_result: row.opt_json("processing_result")?,
        metadata: row.json("metadata")?,
        created_at: row.moment("created_at")?,
        updated_at: row.moment("updated_at")?,
    })
}
