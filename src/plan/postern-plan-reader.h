/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-json-stream.h"
#include "plan/postern-plan-json.h"

G_BEGIN_DECLS

/**
 * PosternPlanReader:
 * @stream: the document
 * @problems: (element-type PosternPlanProblem): what was wrong so far, at most 1000
 * @list: (nullable): the list that is being read, %NULL outside of one
 * @position: of the record within it
 * @name: a domain's name, until its record is complete
 * @route: (nullable): the last route of a domain: records that follow each other mostly go to the same server, and
 * share it
 * @keep: (nullable): whether a domain is wanted; all are if it is %NULL
 * @keep_data: for @keep
 *
 * A plan document that is being read. Its functions pass over what they cannot use, and complain of it with the place.
 * What they call @where is the place within the record or the plan, such as "/route"; @name is a member there.
 */
typedef struct {
    PosternJsonStream *stream;
    GPtrArray *problems;
    const char *list;
    guint position;
    GString *name;
    PosternRoute *route;
    PosternPlanKeep keep;
    gpointer keep_data;
} PosternPlanReader;

void postern_plan_reader_init (PosternPlanReader *self, PosternJsonStream *stream);
void postern_plan_reader_clear (PosternPlanReader *self);

/** postern_plan_reader_complain: @member: (nullable): the one at @where that is wrong */
void postern_plan_reader_complain (PosternPlanReader *self, const char *where, const char *member,
                                   PosternPlanError code, const char *message);

/** postern_plan_reader_check: Returns: whether a value of @kind is @wanted; else complains, and passes over it */
gboolean postern_plan_reader_check (PosternPlanReader *self, PosternJsonKind kind, PosternJsonKind wanted,
                                    const char *where, const char *name);

/** postern_plan_reader_next_member: @known: (array zero-terminated=1): the members there are; complains of others and
 * passes over them. Returns: the number in @known of the next one, -1 at the end of the object */
int postern_plan_reader_next_member (PosternPlanReader *self, const char *where, const char *const *known);

/** postern_plan_reader_read_boolean: Returns: the value that comes next, @otherwise if it is none */
gboolean postern_plan_reader_read_boolean (PosternPlanReader *self, const char *where, const char *name,
                                           gboolean otherwise);
/** postern_plan_reader_read_route: @kind: of the value that postern_json_stream_next() has begun. Returns: (transfer
 * full) (nullable): the route */
PosternRoute *postern_plan_reader_read_route (PosternPlanReader *self, PosternJsonKind kind, const char *where);
/** postern_plan_reader_read_domain: Returns: (transfer full) (nullable): the record that comes next */
PosternDomain *postern_plan_reader_read_domain (PosternPlanReader *self);
/** postern_plan_reader_read_network: Returns: (transfer full) (nullable): the record that comes next */
PosternNetwork *postern_plan_reader_read_network (PosternPlanReader *self);

G_END_DECLS
