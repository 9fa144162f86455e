//! Changes of the description: each puts text before other text that is there once.

/// A filter for the artifacts of a repository.
pub(super) const OPTIONAL_QUERY_PARAMETER: &[(&str, &str)] = &[(
    "      responses:
        \"200\": { $ref: \"#/components/responses/ArtifactPage\" }
        \"401\": { $ref: \"#/components/responses/Unauthorized\" }
        \"403\": { $ref: \"#/components/responses/Forbidden\" }
        \"404\": { $ref: \"#/components/responses/NotFound\" }
        \"422\": { $ref: \"#/components/responses/UnprocessableContent\" }
        \"429\": { $ref: \"#/components/responses/TooManyRequests\" }
        \"5XX\": { $ref: \"#/components/responses/ServerError\" }

  /repos/{owner}/{repo}/actions/artifacts/{artifact_id}:
",
    "        - name: branch
          in: query
          description: Keeps only the artifacts of runs on this branch.
          schema: { type: string }
",
)];

/// An artifact's name, which may be missing.
pub(super) const NULLABLE_FIELD: &[(&str, &str)] = &[(
    "          description: The name the workflow gave it.",
    "          nullable: true\n",
)];

/// The list of a repository's workflow runs, with a filter by a type of its own.
pub(super) const SIXTH_OPERATION: &[(&str, &str)] = &[
    (
        "  /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts:\n",
        "  /repos/{owner}/{repo}/actions/runs:
    get:
      operationId: actions/list-workflow-runs-for-repo
      summary: List the workflow runs of a repository
      tags: [actions]
      parameters:
        - $ref: \"#/components/parameters/Owner\"
        - $ref: \"#/components/parameters/Repo\"
        - name: status
          in: query
          description: Keeps only the runs in this state.
          schema: { $ref: \"#/components/schemas/RunStatus\" }
        - $ref: \"#/components/parameters/PerPage\"
        - $ref: \"#/components/parameters/Page\"
      responses:
        \"200\":
          description: One page of workflow runs.
          headers:
            Link: { $ref: \"#/components/headers/Link\" }
          content:
            application/json:
              schema: { $ref: \"#/components/schemas/WorkflowRunPage\" }
              example:
                total_count: 1
                workflow_runs: [{ id: 2332938, name: Build, status: completed }]

",
    ),
    (
        "    ArtifactPage:
      type: object
",
        "    RunStatus:
      type: string
      enum: [queued, in_progress, completed]
      description: How far a workflow run has come.

    WorkflowRunPage:
      type: object
      description: One page of a list of workflow runs.
      required: [total_count, workflow_runs]
      properties:
        total_count:
          type: integer
          format: int64
          description: How many runs the whole list has.
        workflow_runs:
          type: array
          items: { $ref: \"#/components/schemas/WorkflowRun\" }
          description: The runs on this page.

    WorkflowRun:
      type: object
      description: One run of a workflow.
      required: [id, status]
      properties:
        id:
          allOf: [{ $ref: \"#/components/schemas/RunId\" }]
          description: Identifies the run.
        name:
          type: string
          nullable: true
          description: The name of the workflow.
        status:
          allOf: [{ $ref: \"#/components/schemas/RunStatus\" }]
          description: How far the run has come.

",
    ),
];
